using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using State = PlanServices.Actions.V1.PlanAction.Types.State;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>Retires actions, and restores them.</summary>
internal sealed class PlanActionRetirement(PlanWriter plans)
{
    public Task<PlanAction> RetireAsync(RetirePlanActionRequest request, string caller, CancellationToken cancellationToken)
    {
        var ids = ResourceName.PlanAction.Parse(request.Name, "name");
        var reason = Reasons.Check(request.Reason);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, ids[0], async (db, edit, token) =>
        {
            var action = await PlanActionRules.FindAsync(db, edit, request.Name, ids[1], request.Etag, token);
            PlanActionRules.RequireActive(request.Name, action);
            var pursued = await db.PlanActions
                .Where(a => a.ParentId == action.Id && a.State == State.Active).OrderBy(a => a.SortKey).Select(a => a.Ref).ToListAsync(token);
            if (pursued.Count > 0)
            {
                throw StateErrors.NotAllowed(
                    request.Name, $"{request.Name} has sub-actions that are pursued: {string.Join(", ", pursued)}.", "STATE_ACTIVE", "STATE_ACTIVE");
            }

            action.State = State.Retired;
            edit.Changed(action, reason);
            if (action.Parent is { Leaf: false } parent
                && !await db.PlanActions.AnyAsync(a => a.ParentId == parent.Id && a.Id != action.Id && a.State == State.Active, token))
            {
                PlanActionRules.Unite(parent);
                edit.Changed(parent, $"{action.Ref} was the last sub-action that was pursued.");
            }

            return action.ToMessage(ids[0]);
        }, cancellationToken);
    }

    public Task<PlanAction> RestoreAsync(RestorePlanActionRequest request, string caller, CancellationToken cancellationToken)
    {
        var ids = ResourceName.PlanAction.Parse(request.Name, "name");
        var reason = Reasons.Check(request.Reason);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, ids[0], async (db, edit, token) =>
        {
            var action = await PlanActionRules.FindAsync(db, edit, request.Name, ids[1], request.Etag, token);
            if (action.State != State.Retired)
                throw StateErrors.NotAllowed(request.Name, $"{request.Name} is pursued.", "STATE_ACTIVE", "STATE_RETIRED");
            if (action.Parent is { } above)
                PlanActionRules.RequireActive(ResourceName.PlanAction.Of(ids[0], above.Ref), above);

            // Whoever is retired has no sub-actions that are pursued.
            action.State = State.Active;
            PlanActionRules.Unite(action);
            if (action.Parent is { Leaf: true } parent)
            {
                PlanActionRules.Divide(parent);
                edit.Changed(parent, $"{action.Ref} was restored below it.");
            }

            edit.Changed(action, reason);
            return action.ToMessage(ids[0]);
        }, cancellationToken);
    }
}
