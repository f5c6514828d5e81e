using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Kind = PlanServices.Actions.V1.ChangeSource.Types.Kind;
using State = PlanServices.Actions.V1.Period.Types.State;

namespace PlanServices.Actions.Features.Plans;

/// <summary>
/// Deletes a period that was opened by mistake, with the drafts that its opening carried over. What was ever locked stays: reports are
/// published of locked periods, and Actions does not know of them. So does what has more than those drafts.
/// </summary>
internal sealed class PeriodDeletion(PlanWriter plans)
{
    private const int MostNamed = 5;

    public Task<DeletePeriodResponse> DeleteAsync(DeletePeriodRequest request, string caller, CancellationToken cancellationToken)
    {
        var ids = ResourceName.Period.Parse(request.Name, "name");
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, ids[0], async (db, edit, token) =>
        {
            var period = await db.Periods.SingleOrDefaultAsync(p => p.PlanId == edit.Plan.Id && p.Slug == ids[1], token)
                ?? throw ApiErrors.NotFound(request.Name);
            Etags.Check(request.Name, request.Etag, period.Revision);
            if (period.State == State.Locked)
                throw NotDeletable(request.Name, "it is locked, and what was reported in it stays.");
            // Whoever reopened it had to say why.
            if (period.ReopenReason.Length > 0)
                throw NotDeletable(request.Name, "it was locked and reopened, and a report may have been published of it.");

            var updates = await db.ProgressUpdates.Include(u => u.PlanAction)
                .Where(u => u.PeriodId == period.Id).OrderBy(u => u.PlanAction.SortKey).ToListAsync(token);
            List<ProgressUpdateEntity> written = [];
            foreach (var update in updates)
            {
                if (!await IsAsCarriedOverAsync(db, update, token))
                    written.Add(update);
            }

            if (written.Count > 0)
                throw Written(request.Name, written);

            foreach (var draft in updates)
                edit.Deleted(Resources.ProgressUpdate(draft.PlanAction.Ref, period.Slug));
            edit.Deleted(Resources.Period(period.Slug));
            db.RemoveRange(updates);
            db.Remove(period);
            return new DeletePeriodResponse { DeletedDrafts = updates.Count, Revision = edit.Revision };
        }, cancellationToken);
    }

    // What a draft withholds from the public is somebody's word as well, unless it came with the text.
    private static async Task<bool> IsAsCarriedOverAsync(ActionsContext db, ProgressUpdateEntity update, CancellationToken cancellationToken)
    {
        if (update is not { State: ProgressUpdate.Types.State.Draft, CarriedOverFrom.Length: > 0 })
            return false;
        if (update.Withheld.Count == 0 || update.UpdateTime == update.CreateTime)
            return true;

        var (plan, resource) = (update.PlanAction.PlanId, Resources.ProgressUpdate(update.PlanAction.Ref, update.Period.Slug));
        var history = await db.Changes.AsNoTracking()
            .Where(c => c.PlanId == plan && c.Resource == resource)
            .OrderByDescending(c => c.Revision)
            .Select(c => c.Change)
            .ToListAsync(cancellationToken);
        var carried = history.Select(Change.Parser.ParseFrom).FirstOrDefault(c => c.Source?.Kind == Kind.CarryOver)?.ProgressUpdate;
        return carried?.Withheld.Select(w => new WithheldFieldEntity(w.Field, w.Reason)).SequenceEqual(update.Withheld) == true;
    }

    private static ApiException Written(string name, List<ProgressUpdateEntity> updates)
    {
        var (count, more) = (updates.Count, updates.Count - MostNamed);
        var named = string.Join(", ", updates.Take(MostNamed).Select(u => u.PlanAction.Ref)) + (more > 0 ? $" and {more} more" : "");
        var undo = updates.TrueForAll(u => u.Source is not null) ? " An import brought them: undo that." : "";
        return NotDeletable(name, $"{count} {(count == 1 ? "update was" : "updates were")} written in it ({named}).{undo}").With("updates", $"{count}");
    }

    private static ApiException NotDeletable(string name, string why) =>
        new ApiException(StatusCode.FailedPrecondition, ErrorReason.NotDeletable, $"{name} cannot be deleted: {why}").With("resource", name);
}
