using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Merges a grid that was read into a plan: what is new is made, what reads differently is changed and said so, and a cell that the
/// page lost never empties what stood in the plan. Updates of other periods are not touched.
/// </summary>
internal sealed class GridMerge
{
    private readonly NewRows _made = new();
    private readonly PlanEdit _edit;
    private readonly ImportGridRequest _request;
    private readonly string _file;
    private readonly PeriodEntity _period;
    private readonly MergeThemes _themes;
    private readonly MergeActions _actions;
    private readonly Dictionary<int, ProgressUpdateEntity> _updates;
    private readonly List<(PlanActionEntity Action, ProgressUpdateEntity Update, Outcome Outcome)> _rows = [];
    private readonly ImportGridResponse _answer = new();

    private GridMerge(
        ActionsContext db,
        PlanEdit edit,
        ImportGridRequest request,
        string file,
        LeadAnswers leads,
        PeriodEntity period,
        List<ThemeEntity> themes,
        List<PlanActionEntity> actions,
        Dictionary<int, ProgressUpdateEntity> updates)
    {
        _edit = edit;
        _request = request;
        _file = file;
        _period = period;
        _updates = updates;
        _themes = new MergeThemes(db, edit, themes, request.CreateMissing);
        _actions = new MergeActions(edit, actions, _made, leads, _answer.Diagnostics, fromPage: edit.Source.Kind == ChangeSource.Types.Kind.Paper);
        if (!leads.Reached)
        {
            _answer.Diagnostics.Add(new GridDiagnostic
            {
                Severity = Severity.Warning,
                Code = "DIRECTORY_UNREACHABLE",
                Column = "delivery_leads",
                Message = "The partner directory is out of reach: delivery leads keep their text and are linked later.",
            });
        }
    }

    /// <summary>Loads what the grid may touch. NOT_FOUND where the period is not there and is not to be made.</summary>
    public static async Task<GridMerge> LoadAsync(
        ActionsContext db, PlanEdit edit, ImportGridRequest request, string file, LeadAnswers leads, CancellationToken cancellationToken)
    {
        var planId = edit.Plan.Id;
        var period = await db.Periods.SingleOrDefaultAsync(p => p.PlanId == planId && p.Slug == request.Period, cancellationToken);
        if (period is null)
        {
            if (!request.CreateMissing)
                throw ApiErrors.NotFound(ResourceName.Period.Of(edit.Plan.Slug, request.Period));

            period = PlanMapping.NewPeriod(request.Period);
            period.Plan = edit.Plan;
            db.Add(period);
            edit.Changed(period);
        }
        else
        {
            PeriodRules.CheckOpen(edit.Plan.Slug, period);
        }

        var themes = await db.Themes.Where(t => t.PlanId == planId).OrderBy(t => t.Position).ToListAsync(cancellationToken);
        var actions = await db.PlanActions.Where(a => a.PlanId == planId).ToListAsync(cancellationToken);
        var updates = await db.ProgressUpdates.Where(u => u.PeriodId == period.Id).ToDictionaryAsync(u => u.PlanActionId, cancellationToken);
        return new GridMerge(db, edit, request, file, leads, period, themes, actions, updates);
    }

    /// <summary>Stores what the merge made and changed, and its log entries.</summary>
    public async Task SaveAsync(ActionsContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await _made.InsertAsync(db, cancellationToken);
        await _edit.SaveAsync(cancellationToken);
    }

    /// <summary>A page of what was merged. Of a large grid only the rows of the page become messages.</summary>
    public ImportGridResponse Answer(Page page)
    {
        _answer.Revision = _edit.Head;
        return ImportAnswer.Cut(_answer, page, _rows.Count, i => new GridRow
        {
            PlanAction = _rows[i].Action.ToMessage(_edit.Plan.Slug),
            ProgressUpdate = _rows[i].Update.ToMessage(_edit.Plan.Slug),
            Outcome = _rows[i].Outcome,
        });
    }

    /// <summary>Merges all rows.</summary>
    public void Apply(GridReading reading)
    {
        _answer.Diagnostics.AddRange(reading.Diagnostics.Select(d => d.ToMessage()));
        foreach (var theme in reading.Themes)
            _themes.Find(theme.DisplayName, theme.RefPrefix);

        _actions.ExpectSubActions(reading.Leaves);
        foreach (var parent in reading.Actions)
            _actions.MergeParent(parent, _themes.Find(parent.Theme, parent.RefPrefix));

        var merged = reading.Leaves
            .Select(leaf => (Leaf: leaf, Result: _actions.MergeLeaf(leaf, _themes.Find(leaf.Theme, leaf.RefPrefix))))
            .ToList();
        _actions.Settle();
        foreach (var (leaf, (action, changed)) in merged)
        {
            if (action is not null)
                Merge(leaf, action, changed);
        }

        _answer.CreatedThemes = _themes.Created;
        _answer.CreatedActions = _actions.Created;
    }

    private void Merge(GridLeaf leaf, PlanActionEntity action, bool actionChanged)
    {
        var update = action.Id == 0 ? null : _updates.GetValueOrDefault(action.Id);
        var outcome = update is null ? Outcome.Created : Outcome.Unchanged;
        if (update is null)
        {
            update = new ProgressUpdateEntity { PlanAction = action, Period = _period, CreateTime = _edit.Now, UpdateTime = _edit.Now };
            _made.Add(update);
        }

        if (Write(leaf, update, outcome == Outcome.Created))
        {
            if (outcome != Outcome.Created)
                outcome = Outcome.Changed;
            _edit.Changed(update, source: SourceOf(leaf));
        }
        else if (actionChanged)
        {
            outcome = Outcome.Changed;
        }

        Count(outcome);
        _rows.Add((action, update, outcome));
    }

    // True where the update is new, or the row says something else than it did.
    private bool Write(GridLeaf leaf, ProgressUpdateEntity update, bool made)
    {
        var before = made ? null : update.ToMessage(_edit.Plan.Slug);
        var suggested = leaf.Status == Status.Unspecified && _request.AcceptSuggestions ? leaf.SuggestedStatus : null;
        update.Narrative = leaf.Narrative;
        update.Opportunities = leaf.Opportunities;
        update.Status = suggested?.Status ?? leaf.Status;
        update.StatusReason = leaf.StatusReason;
        update.Direction = leaf.Direction;
        update.EvidenceLinks = [.. leaf.EvidenceLinks];
        update.CrossReferences = [.. leaf.CrossReferences];
        var source = new UpdateSource
        {
            File = _file,
            Row = leaf.Line,
            RawRef = leaf.RawRef,
            RawStatus = leaf.RawStatus,
            RawDirection = leaf.RawDirection,
            RawOpccLeads = leaf.RawOpccLeads,
            RawDeliveryLeads = leaf.RawDeliveryLeads,
        };

        // The same row in another file, or further down, says nothing new.
        if (before?.Source is { } known)
        {
            var moved = source.Clone();
            moved.File = known.File;
            moved.Row = known.Row;
            if (moved.Equals(known))
                source = known;
        }

        update.Source = source.ToByteArray();
        var differs = before is null || !update.ToMessage(_edit.Plan.Slug).Equals(before);
        return Submit(leaf, update, differs) || differs;
    }

    // What an import brings stands submitted; what was approved stays so where the row says the same. True where it was in another
    // state.
    private bool Submit(GridLeaf leaf, ProgressUpdateEntity update, bool differs)
    {
        if (update.State == State.Submitted || (update.State == State.Approved && !differs))
            return false;

        if (update.State == State.Approved)
        {
            _answer.Diagnostics.Add(new GridDiagnostic
            {
                Severity = Severity.Warning,
                Code = "APPROVAL_WITHDRAWN",
                Row = leaf.Line,
                Ref = leaf.Ref,
                Confidence = 1,
                Message = "The row reads differently from the update that was approved; the update stands submitted again.",
            });
        }

        update.State = State.Submitted;
        update.SubmitTime = _edit.Now;
        update.CarriedOverFrom = "";
        update.ReturnReason = "";
        return true;
    }

    private ChangeSource SourceOf(GridLeaf leaf) => new(_edit.Source) { Row = leaf.Line };

    private void Count(Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Created:
                _answer.Created++;
                break;
            case Outcome.Changed:
                _answer.Changed++;
                break;
            default:
                _answer.Unchanged++;
                break;
        }
    }
}
