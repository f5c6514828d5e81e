using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Storage;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>Writes what rows report into the period's updates: some rows at a time.</summary>
internal sealed class MergeUpdates(
    ActionsContext db, PlanEdit edit, PeriodEntity period, ImportGridRequest request, string file, FirstEntries<GridDiagnostic> diagnostics)
{
    private readonly RowCommands<ProgressUpdateEntity> _rows = db.Rows<ProgressUpdateEntity>();
    private Dictionary<int, ProgressUpdateEntity> _updates = [];

    /// <summary>Begins with some rows: loads the updates of their actions, which must be stored.</summary>
    public async Task LoadAsync(IEnumerable<PlanActionEntity> actions, CancellationToken cancellationToken)
    {
        // A period that the import made has none.
        if (period.Revision == edit.Revision)
            return;

        var ids = actions.Select(a => a.Id).ToArray();
        _updates = await db.ProgressUpdates.AsNoTracking()
            .Where(u => u.PeriodId == period.Id && ids.Contains(u.PlanActionId))
            .ToDictionaryAsync(u => u.PlanActionId, cancellationToken);
    }

    /// <summary>Stores what a row reports on an action and tells the change log; the update, and whether it was made or changed.</summary>
    public async Task<(ProgressUpdateEntity Update, Outcome Outcome)> MergeAsync(
        GridLeaf leaf, PlanActionEntity action, CancellationToken cancellationToken)
    {
        if (_updates.TryGetValue(action.Id, out var update))
        {
            (update.PlanAction, update.Period) = (action, period);
            var stored = _rows.Copy(update);
            if (!Write(leaf, update, made: false))
                return (update, Outcome.Unchanged);

            edit.Changed(update, source: SourceOf(leaf));
            await _rows.UpdateAsync(db, update, stored, cancellationToken);
            return (update, Outcome.Changed);
        }

        update = new ProgressUpdateEntity
        {
            PlanAction = action,
            PlanActionId = action.Id,
            Period = period,
            PeriodId = period.Id,
            CreateTime = edit.Now,
        };
        Write(leaf, update, made: true);
        edit.Changed(update, source: SourceOf(leaf));
        await _rows.InsertAsync(db, update, cancellationToken);
        return (update, Outcome.Created);
    }

    // True where the update is new, or the row says something else than it did.
    private bool Write(GridLeaf leaf, ProgressUpdateEntity update, bool made)
    {
        var before = made ? null : update.ToMessage(edit.Plan.Slug);
        var suggested = leaf.Status == Status.Unspecified && request.AcceptSuggestions ? leaf.SuggestedStatus : null;
        update.Narrative = leaf.Narrative;
        update.Opportunities = leaf.Opportunities;
        update.Status = suggested?.Status ?? leaf.Status;
        update.StatusReason = leaf.StatusReason;
        update.Direction = leaf.Direction;
        update.EvidenceLinks = [.. leaf.EvidenceLinks];
        update.CrossReferences = [.. leaf.CrossReferences];
        var source = new UpdateSource
        {
            File = file,
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
        var differs = before is null || !update.ToMessage(edit.Plan.Slug).Equals(before);
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
            diagnostics.Add(new GridDiagnostic
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
        update.SubmitTime = edit.Now;
        update.CarriedOverFrom = "";
        update.ReturnReason = "";
        return true;
    }

    private ChangeSource SourceOf(GridLeaf leaf) => new(edit.Source) { Row = leaf.Line };
}
