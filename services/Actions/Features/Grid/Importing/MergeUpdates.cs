using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Writes what rows report into the period's updates: some rows at a time. An update on which somebody has worked since it was imported is
/// left as it stands, unless the request says otherwise.
/// </summary>
internal sealed class MergeUpdates(
    ActionsContext db, PlanEdit edit, PeriodEntity period, ImportGridRequest request, string file, FirstEntries<GridDiagnostic> diagnostics)
{
    private readonly RowCommands<ProgressUpdateEntity> _rows = db.Rows<ProgressUpdateEntity>();

    /// <summary>
    /// Stores what rows report on their actions, which must be stored, and tells the change log: the update of each row, and whether it was
    /// made, changed or left.
    /// </summary>
    public async Task<List<(ProgressUpdateEntity Update, Outcome Outcome)>> MergeAsync(
        IReadOnlyList<(GridLeaf Leaf, PlanActionEntity Action)> rows, CancellationToken cancellationToken)
    {
        var updates = await LoadAsync(rows.Select(r => r.Action.Id).ToArray(), cancellationToken);
        var reported = rows.Select(r => Report(r.Leaf, r.Action, updates.GetValueOrDefault(r.Action.Id))).ToList();
        var others = request.Overwrite ? [] : await WrittenByOthers.FindAsync(
            db, edit.Plan.Id, [.. reported.Where(r => r is { Stored: not null, Differs: true }).Select(r => r.Resource)], cancellationToken);

        List<(ProgressUpdateEntity, Outcome)> merged = [];
        foreach (var row in reported)
            merged.Add(await StoreAsync(row, others, cancellationToken));
        return merged;
    }

    private async Task<Dictionary<int, ProgressUpdateEntity>> LoadAsync(int[] actions, CancellationToken cancellationToken)
    {
        // A period that the import made has none.
        if (period.Revision == edit.Revision)
            return [];

        return await db.ProgressUpdates.AsNoTracking()
            .Where(u => u.PeriodId == period.Id && actions.Contains(u.PlanActionId))
            .ToDictionaryAsync(u => u.PlanActionId, cancellationToken);
    }

    private Reported Report(GridLeaf leaf, PlanActionEntity action, ProgressUpdateEntity? present)
    {
        var update = present ?? new ProgressUpdateEntity { PlanActionId = action.Id, PeriodId = period.Id, CreateTime = edit.Now };
        (update.PlanAction, update.Period) = (action, period);
        var stored = present is null ? null : _rows.Copy(update);
        var before = present?.ToMessage(edit.Plan.Slug);
        List<GridDiagnostic> said = [];
        new RowReport(leaf, update, said).Write(file, request.AcceptSuggestions);
        var differs = before is null || !update.ToMessage(edit.Plan.Slug).Equals(before);
        return new Reported(leaf, update, stored, Submit(leaf, update, differs, said) || differs, said);
    }

    private async Task<(ProgressUpdateEntity Update, Outcome Outcome)> StoreAsync(
        Reported row, HashSet<string> others, CancellationToken cancellationToken)
    {
        if (row.Stored is { } present && others.Contains(row.Resource))
        {
            diagnostics.Add(ChangedSince(row.Leaf, Etags.Of(present.Revision)));
            return (present, Outcome.Conflict);
        }

        foreach (var diagnostic in row.Said)
            diagnostics.Add(diagnostic);
        if (!row.Differs)
            return (row.Update, Outcome.Unchanged);

        edit.Changed(row.Update, source: new ChangeSource(edit.Source) { Row = row.Leaf.Line });
        if (row.Stored is null)
        {
            await _rows.InsertAsync(db, row.Update, cancellationToken);
            return (row.Update, Outcome.Created);
        }

        await _rows.UpdateAsync(db, row.Update, row.Stored, cancellationToken);
        return (row.Update, Outcome.Changed);
    }

    // What an import brings stands submitted; what was approved stays so where the row says the same. True where it was in another
    // state.
    private bool Submit(GridLeaf leaf, ProgressUpdateEntity update, bool differs, List<GridDiagnostic> said)
    {
        if (update.State == State.Submitted || (update.State == State.Approved && !differs))
            return false;

        if (update.State == State.Approved)
        {
            said.Add(leaf.Diagnostic(
                Severity.Warning, "APPROVAL_WITHDRAWN", "The row reads differently from the update that was approved; the update stands submitted again."));
        }

        update.State = State.Submitted;
        update.SubmitTime = edit.Now;
        update.CarriedOverFrom = "";
        update.ReturnReason = "";
        return true;
    }

    private static GridDiagnostic ChangedSince(GridLeaf leaf, string etag) => leaf.Diagnostic(
        Severity.Warning,
        "UPDATE_CHANGED_SINCE",
        $"The row reads differently, and the update of {leaf.Ref} was changed by other than an import; it was left as it stands. Its etag is {etag}.",
        raw: etag);

    // A row and the update that it is of: as it would be, and as it is stored, null where it is new.
    private sealed record Reported(GridLeaf Leaf, ProgressUpdateEntity Update, ProgressUpdateEntity? Stored, bool Differs, List<GridDiagnostic> Said)
    {
        public string Resource => Resources.ProgressUpdate(Update.PlanAction.Ref, Update.Period.Slug);
    }
}
