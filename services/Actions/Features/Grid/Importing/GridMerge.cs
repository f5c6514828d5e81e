using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Merges a grid that was read into a plan: what is new is made, what reads differently is changed and said so, and a cell that the
/// page lost never empties what stood in the plan. Updates of other periods are not touched. Rows are read, merged and stored some at a
/// time, so that a large grid is never in memory as a whole.
/// </summary>
internal sealed class GridMerge
{
    private const int RowsAtATime = 500;

    private readonly ActionsContext _db;
    private readonly PlanEdit _edit;
    private readonly RowTargets _targets;
    private readonly MergeThemes _themes;
    private readonly MergeActions _actions;
    private readonly MergeUpdates _updates;
    private readonly FirstEntries<GridDiagnostic> _diagnostics;
    private readonly ImportAnswer _listed;
    private readonly ImportGridResponse _answer = new();

    private GridMerge(
        ActionsContext db,
        PlanEdit edit,
        ImportGridRequest request,
        string file,
        Page page,
        ImportReading read,
        PeriodEntity period,
        List<ThemeEntity> themes)
    {
        (_db, _edit) = (db, edit);
        _listed = new ImportAnswer(page);
        _diagnostics = new FirstEntries<GridDiagnostic>(_listed.Reach);
        var tree = new PlanTree(read.Context.Actions);
        _targets = new RowTargets(tree, read.Grid.Actions, _diagnostics);
        _themes = new MergeThemes(db, edit, themes, request.CreateMissing);
        _actions = new MergeActions(
            db, edit, tree, _targets, _themes, read.Leads, _diagnostics, fromPage: edit.Source.Kind == ChangeSource.Types.Kind.Paper);
        _updates = new MergeUpdates(db, edit, period, request, file, _diagnostics);
    }

    /// <summary>
    /// Merges and stores all rows: the answer, with what its page lists. NOT_FOUND where the period is not there and is not to be made.
    /// </summary>
    public static async Task<ImportGridResponse> ApplyAsync(
        ActionsContext db, PlanEdit edit, ImportGridRequest request, string file, Page page, ImportReading read, CancellationToken cancellationToken)
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
        return await new GridMerge(db, edit, request, file, page, read, period, themes).ApplyAsync(read, cancellationToken);
    }

    private async Task<ImportGridResponse> ApplyAsync(ImportReading read, CancellationToken cancellationToken)
    {
        foreach (var theme in read.Grid.Themes)
            _themes.Find(theme.DisplayName, theme.RefPrefix);
        await _db.SaveChangesAsync(cancellationToken);

        var findings = read.Grid.Found();
        foreach (var leaves in read.Grid.Leaves(findings).Chunk(RowsAtATime))
            await MergeAsync(leaves, cancellationToken);
        await _edit.SaveAsync(cancellationToken);

        _answer.CreatedThemes = _themes.Created;
        _answer.CreatedActions = _actions.Created;
        _answer.Revision = _edit.Head;
        var first = read.Leads.Reached ? Array.Empty<GridDiagnostic>() : [OutOfReach()];
        return _listed.Finish(
            _answer,
            first.Length + findings.Count + _diagnostics.Count,
            first.Concat(read.Grid.Diagnostics(findings).Select(d => d.ToMessage())).Concat(_diagnostics.Kept));
    }

    private static GridDiagnostic OutOfReach() => new()
    {
        Severity = Severity.Warning,
        Code = "DIRECTORY_UNREACHABLE",
        Column = "delivery_leads",
        Message = "The partner directory is out of reach: delivery leads keep their text and are linked later.",
    };

    private async Task MergeAsync(GridLeaf[] leaves, CancellationToken cancellationToken)
    {
        await _actions.LoadAsync(leaves, cancellationToken);
        List<(GridLeaf Leaf, PlanActionEntity Action, bool Changed)> merged = [];
        foreach (var leaf in leaves)
        {
            if (_targets.IsOfRetired(leaf))
                continue;
            if (_targets.Begins(leaf) is { } parent)
                _actions.MergeParent(parent);
            if (_targets.Of(leaf) is { } reference)
            {
                var (action, changed) = _actions.MergeLeaf(leaf, reference);
                merged.Add((leaf, action, changed));
            }
        }

        await _actions.StoreAsync(cancellationToken);
        var updates = await _updates.MergeAsync([.. merged.Select(m => (m.Leaf, m.Action))], cancellationToken);
        foreach (var ((_, action, changed), (update, outcome)) in merged.Zip(updates))
            List(action, update, outcome == Outcome.Unchanged && changed ? Outcome.Changed : outcome);

        await _edit.StoreLogAsync(cancellationToken);
    }

    private void List(PlanActionEntity action, ProgressUpdateEntity update, Outcome outcome)
    {
        _answer.Created += outcome == Outcome.Created ? 1 : 0;
        _answer.Changed += outcome == Outcome.Changed ? 1 : 0;
        _answer.Unchanged += outcome == Outcome.Unchanged ? 1 : 0;
        _answer.Conflicts += outcome == Outcome.Conflict ? 1 : 0;
        _listed.Add(() => new GridRow
        {
            PlanAction = action.ToMessage(_edit.Plan.Slug),
            ProgressUpdate = update.ToMessage(_edit.Plan.Slug),
            Outcome = outcome,
        });
    }
}
