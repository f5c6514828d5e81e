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
    private readonly EditedRights _rights;
    private readonly EditedCells _cells;
    private readonly Dictionary<string, PlanActionEntity> _leaves;
    private readonly Lazy<ILookup<string, string>> _alike;
    private readonly Dictionary<int, ProgressUpdateEntity> _updates;
    private readonly ImportGridResponse _answer = new();
    private readonly EditedFindings _found;
    private readonly ImportAnswer _listed;

    private EditedMerge(
        ActionsContext db,
        PlanEdit edit,
        PeriodEntity period,
        List<PlanActionEntity> actions,
        Dictionary<int, ProgressUpdateEntity> updates,
        EditedRights rights,
        ImportAnswer listed,
        EditedFindings found)
    {
        (_db, _edit, _period, _updates, _rights, _listed, _found) = (db, edit, period, updates, rights, listed, found);
        _cells = new EditedCells(edit.Plan, actions, found);
        _leaves = actions.Where(a => a.Leaf && a.State == PlanAction.Types.State.Active).ToDictionary(a => a.Ref);
        _alike = new(() => _leaves.Keys.ToLookup(r => r, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Merges all rows. NOT_FOUND where the period is not there, FAILED_PRECONDITION where it is locked, INVALID_ARGUMENT where a row was
    /// exported from another plan or period.
    /// </summary>
    public static async Task<(ImportGridResponse Answer, IReadOnlyList<GridDiagnostic> Diagnostics)> ApplyAsync(
        ActionsContext db,
        PlanEdit edit,
        string periodId,
        EditedSheet sheet,
        EditedRights rights,
        ImportAnswer listed,
        CancellationToken cancellationToken)
    {
        var planId = edit.Plan.Id;
        var period = await db.Periods.SingleOrDefaultAsync(p => p.PlanId == planId && p.Slug == periodId, cancellationToken)
            ?? throw ApiErrors.NotFound(ResourceName.Period.Of(edit.Plan.Slug, periodId));
        PeriodRules.CheckOpen(edit.Plan.Slug, period);
        EditedRow[] rows = [.. sheet.Rows.Select(r => r with { Etag = RowEtag.Read(r, edit.Plan.Slug, periodId) })];
        var actions = await db.PlanActions.Include(a => a.Theme).Include(a => a.Parent).Where(a => a.PlanId == planId).ToListAsync(cancellationToken);
        var updates = await db.ProgressUpdates.Where(u => u.PeriodId == period.Id).ToDictionaryAsync(u => u.PlanActionId, cancellationToken);
        var merge = new EditedMerge(db, edit, period, actions, updates, rights, listed, new EditedFindings(sheet.Found));
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
        if (_cells.HasRef(reference))
            return $"{reference} is retired or has sub-actions, and reports nothing itself";

        var meant = _alike.Value[reference].FirstOrDefault();
        return $"The plan has no leaf {reference}" + (meant is null ? "" : $", only {meant}");
    }

    private async Task ApplyAsync(EditedRow row, PlanActionEntity leaf, CancellationToken cancellationToken)
    {
        var plan = _edit.Plan.Slug;
        var update = _updates.GetValueOrDefault(leaf.Id);
        var present = update?.ToMessage(plan);
        _found.ReportShown(row, leaf);
        if (!await IsEditedAsync(row, present, cancellationToken))
        {
            Add(leaf, present, Outcome.Unchanged);
            return;
        }

        if (_rights.WhyNot(leaf, update) is { } reason)
        {
            _found.Report(row, Severity.Error, "ROW_REFUSED", "", "", $"{reason} The row was left out.");
            return;
        }

        if (row.Etag != (present?.Etag ?? ""))
        {
            _found.Report(
                row, Severity.Warning, "ROW_CONFLICT", "", present?.Etag ?? "",
                $"{row.Ref} was edited here and changed in the plan since it was exported; the row was left out. The present etag is {present?.Etag}.");
            Add(leaf, present, Outcome.Conflict);
            return;
        }

        if (_cells.Write(row, present) is not { } edited)
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

        ProgressFields.Copy(update, edited);
        (update.State, update.SubmitTime, update.CarriedOverFrom, update.ReturnReason) = (State.Submitted, _edit.Now, "", "");
        _edit.Changed(update, source: new ChangeSource(_edit.Source) { Row = row.Line });
        Add(leaf, update.ToMessage(plan), present is null ? Outcome.Created : Outcome.Changed);
    }

    // Where the update was changed since, the row is held against what was exported as well: what was changed meanwhile stays, and what
    // was taken from the row before is no edit.
    private async Task<bool> IsEditedAsync(EditedRow row, ProgressUpdate? present, CancellationToken cancellationToken)
    {
        var differing = _cells.Differing(row, present);
        if (differing.Count > 0 && row.Etag != (present?.Etag ?? "") && await ExportedAsync(row, cancellationToken) is { } exported)
            differing.IntersectWith(_cells.Differing(row, exported));
        return differing.Count > 0;
    }

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

    private void Add(PlanActionEntity leaf, ProgressUpdate? update, Outcome outcome)
    {
        _answer.Created += outcome == Outcome.Created ? 1 : 0;
        _answer.Changed += outcome == Outcome.Changed ? 1 : 0;
        _answer.Unchanged += outcome == Outcome.Unchanged ? 1 : 0;
        _answer.Conflicts += outcome == Outcome.Conflict ? 1 : 0;
        _listed.Add(() => new GridRow { PlanAction = leaf.ToMessage(_edit.Plan.Slug), ProgressUpdate = update, Outcome = outcome });
    }
}
