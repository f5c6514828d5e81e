using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Importing;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>
/// Merges a grid that was exported, edited and sent back. A row that was not edited changes nothing, whatever happened meanwhile; one
/// that was is applied, unless its update was changed since the export: then it is a conflict and left out.
/// </summary>
internal sealed class EditedMerge
{
    private readonly ActionsContext _db;
    private readonly PlanEdit _edit;
    private readonly PeriodEntity _period;
    private readonly GridCells _cells;
    private readonly Dictionary<string, PlanActionEntity> _leaves;
    private readonly Dictionary<int, ProgressUpdateEntity> _updates;
    private readonly HashSet<string> _refs;
    private readonly HashSet<string> _prefixes;
    private readonly ImportGridResponse _answer = new();
    private readonly EditedFindings _found;
    private readonly ImportAnswer _listed;

    private EditedMerge(
        ActionsContext db,
        PlanEdit edit,
        PeriodEntity period,
        List<PlanActionEntity> actions,
        Dictionary<int, ProgressUpdateEntity> updates,
        ImportAnswer listed,
        EditedFindings found)
    {
        (_db, _edit, _period, _updates, _listed, _found) = (db, edit, period, updates, listed, found);
        _cells = new GridCells(StatusScheme.Parser.ParseFrom(edit.Plan.StatusScheme));
        _leaves = actions.Where(a => a.Leaf && a.State == PlanAction.Types.State.Active).ToDictionary(a => a.Ref);
        _refs = [.. actions.Select(a => a.Ref)];
        _prefixes = [.. actions.Select(a => a.Theme.RefPrefix)];
    }

    /// <summary>
    /// Merges all rows. NOT_FOUND where the period is not there, FAILED_PRECONDITION where it is locked, INVALID_ARGUMENT where a row was
    /// exported from another plan or period.
    /// </summary>
    public static async Task<(ImportGridResponse Answer, IReadOnlyList<GridDiagnostic> Diagnostics)> ApplyAsync(
        ActionsContext db, PlanEdit edit, string periodId, EditedSheet sheet, ImportAnswer listed, CancellationToken cancellationToken)
    {
        var planId = edit.Plan.Id;
        var period = await db.Periods.SingleOrDefaultAsync(p => p.PlanId == planId && p.Slug == periodId, cancellationToken)
            ?? throw ApiErrors.NotFound(ResourceName.Period.Of(edit.Plan.Slug, periodId));
        PeriodRules.CheckOpen(edit.Plan.Slug, period);
        EditedRow[] rows = [.. sheet.Rows.Select(r => r with { Etag = RowEtag.Read(r, edit.Plan.Slug, periodId) })];
        var actions = await db.PlanActions.Include(a => a.Theme).Include(a => a.Parent).Where(a => a.PlanId == planId).ToListAsync(cancellationToken);
        var updates = await db.ProgressUpdates.Where(u => u.PeriodId == period.Id).ToDictionaryAsync(u => u.PlanActionId, cancellationToken);
        var merge = new EditedMerge(db, edit, period, actions, updates, listed, new EditedFindings(sheet.Found));
        HashSet<string> seen = [];
        foreach (var row in rows)
        {
            if (!merge._leaves.TryGetValue(row.Ref, out var leaf))
                merge._found.Report(row, Severity.Error, "ROW_UNKNOWN", "ref", row.Ref, $"{merge.WhyNoLeaf(row.Ref)}; the row was left out.");
            else if (!seen.Add(row.Ref))
                merge._found.Report(row, Severity.Error, "ROW_TWICE", "ref", row.Ref, $"{row.Ref} stands on an earlier row already; the row was left out.");
            else
                await merge.ApplyAsync(row, leaf, cancellationToken);
        }

        return (merge._answer, merge._found.InOrder());
    }

    private string WhyNoLeaf(string reference)
    {
        if (_refs.Contains(reference))
            return $"{reference} is retired or has sub-actions, and reports nothing itself";

        var meant = _leaves.Keys.FirstOrDefault(r => r.Equals(reference, StringComparison.OrdinalIgnoreCase));
        return $"The plan has no leaf {reference}" + (meant is null ? "" : $", only {meant}");
    }

    private async Task ApplyAsync(EditedRow row, PlanActionEntity leaf, CancellationToken cancellationToken)
    {
        var plan = _edit.Plan.Slug;
        _found.ReportShown(row, leaf);
        var update = _updates.GetValueOrDefault(leaf.Id);
        var present = update?.ToMessage(plan);
        var shown = _cells.Of(present);
        if (!Differs(row, shown))
        {
            Add(leaf, present, Outcome.Unchanged);
            return;
        }

        if (row.Etag != (present?.Etag ?? ""))
        {
            if (await ExportedAsync(row, cancellationToken) is { } exported && !Differs(row, _cells.Of(exported)))
            {
                // Nobody edited the row; what was changed meanwhile stays.
                Add(leaf, present, Outcome.Unchanged);
                return;
            }

            _found.Report(
                row, Severity.Warning, "ROW_CONFLICT", "", present?.Etag ?? "",
                $"{row.Ref} was edited here and changed in the plan since it was exported; the row was left out. The present etag is {present?.Etag}.");
            Add(leaf, present, Outcome.Conflict);
            return;
        }

        var edited = present?.Clone() ?? new ProgressUpdate();
        if (!Write(row, shown, edited))
            return;

        if (update is null)
        {
            update = new ProgressUpdateEntity { PlanAction = leaf, Period = _period, CreateTime = _edit.Now };
            _db.Add(update);
        }
        else if (update.State == State.Approved)
        {
            _found.Report(row, Severity.Warning, "APPROVAL_WITHDRAWN", "", "", "The update was approved; edited, it stands submitted again.");
        }

        ProgressWrites.Write(update, edited);
        (update.State, update.SubmitTime, update.CarriedOverFrom, update.ReturnReason) = (State.Submitted, _edit.Now, "", "");
        _edit.Changed(update, source: new ChangeSource(_edit.Source) { Row = row.Line });
        Add(leaf, update.ToMessage(plan), present is null ? Outcome.Created : Outcome.Changed);
    }

    private bool Differs(EditedRow row, string[] shown) =>
        row.Cells.Where((cell, i) => cell is not null && !GridCells.Same(_cells.Usual(i, cell), shown[i])).Any();

    // The update as it was exported; null where the etag names no state of it.
    private async Task<ProgressUpdate?> ExportedAsync(EditedRow row, CancellationToken cancellationToken)
    {
        if (row.Etag.Length == 0)
            return new ProgressUpdate();
        if (!long.TryParse(row.Etag, CultureInfo.InvariantCulture, out var revision))
            return null;

        var resource = Resources.ProgressUpdate(row.Ref, _period.Slug);
        var entry = await _db.Changes.AsNoTracking()
            .SingleOrDefaultAsync(c => c.PlanId == _edit.Plan.Id && c.Resource == resource && c.Revision == revision, cancellationToken);
        return entry is null ? null : Change.Parser.ParseFrom(entry.Change).ProgressUpdate;
    }

    // False, with a diagnostic, where a cell cannot be understood: then nothing of the row is taken.
    private bool Write(EditedRow row, string[] shown, ProgressUpdate edited)
    {
        var plan = _edit.Plan.Slug;
        var changed = Enumerable.Range(0, shown.Length).Where(i => row.Cells[i] is { } cell && !GridCells.Same(cell, shown[i])).ToHashSet();
        foreach (var column in changed)
        {
            if (_cells.Write(edited, column, row.Cells[column]!, plan, _refs) is { } wrong)
            {
                _found.Report(row, Severity.Error, "CELL_UNREADABLE", GridCells.UpdateHeadings[column], row.Cells[column]!, $"{wrong} The row was left out.");
                return false;
            }
        }

        FindMentions(row.Ref, edited, changed);
        if (edited is { Narrative: "", Status: ProgressUpdate.Types.Status.Unspecified })
        {
            _found.Report(
                row, Severity.Error, "NOTHING_TO_SUBMIT", "", "",
                "The row would leave an update that has neither a narrative nor a status; it was left out.");
            return false;
        }

        foreach (var unknown in edited.CrossReferences.Select(r => r[(r.LastIndexOf('/') + 1)..]).Where(r => changed.Contains(6) && !_refs.Contains(r)))
        {
            _found.Report(
                row, Severity.Warning, "CROSS_REFERENCE_UNKNOWN", GridCells.UpdateHeadings[6], row.Cells[6]!,
                $"The cell points to {unknown}, which the plan does not have.");
        }

        try
        {
            ProgressFields.Check(edited, plan);
            return true;
        }
        catch (ApiException e)
        {
            _found.Report(row, Severity.Error, "CELL_UNREADABLE", "", "", $"{e.Message} The row was left out.");
            return false;
        }
    }

    // As where somebody types the text: links and references follow it, unless their own cells were edited.
    private void FindMentions(string own, ProgressUpdate edited, HashSet<int> changed)
    {
        if (!changed.Contains(0) && !changed.Contains(4))
            return;

        var mentions = TextMentions.In(edited.Narrative, edited.Opportunities);
        if (!changed.Contains(5))
            FieldSet.Replace(edited.EvidenceLinks, [.. mentions.Links]);
        if (!changed.Contains(6))
        {
            var kept = mentions.Kept(own, _refs.Contains, _prefixes.Contains);
            FieldSet.Replace(edited.CrossReferences, [.. kept.Select(r => ResourceName.PlanAction.Of(_edit.Plan.Slug, r))]);
        }
    }

    private void Add(PlanActionEntity leaf, ProgressUpdate? update, Outcome outcome)
    {
        _answer.Created += outcome == Outcome.Created ? 1 : 0;
        _answer.Changed += outcome == Outcome.Changed ? 1 : 0;
        _answer.Unchanged += outcome == Outcome.Unchanged ? 1 : 0;
        _answer.Conflicts += outcome == Outcome.Conflict ? 1 : 0;
        _listed.Add(() => new GridRow { PlanAction = leaf.ToMessage(_edit.Plan.Slug), ProgressUpdate = update, Outcome = outcome });
    }
}
