using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.ServiceDefaults.Requests;
using State = PlanServices.Actions.V1.PlanAction.Types.State;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>What writes to actions have in common.</summary>
internal static class PlanActionRules
{
    /// <summary>An action with its theme and parent. NOT_FOUND where it is not there, ABORTED where the etag is stale.</summary>
    public static async Task<PlanActionEntity> FindAsync(
        ActionsContext db, PlanEdit edit, string name, string reference, string etag, CancellationToken cancellationToken)
    {
        var action = await db.PlanActions.Include(a => a.Theme).Include(a => a.Parent)
            .SingleOrDefaultAsync(a => a.PlanId == edit.Plan.Id && a.Ref == reference, cancellationToken)
            ?? throw await MissingAction.ErrorAsync(db, edit.Plan.Id, reference, name, cancellationToken);
        Etags.Check(name, etag, action.Revision);
        return action;
    }

    /// <summary>FAILED_PRECONDITION where an action is retired.</summary>
    public static void RequireActive(string name, PlanActionEntity action)
    {
        if (action.State == State.Retired)
            throw StateErrors.NotAllowed(name, $"{name} is retired.", "STATE_RETIRED", "STATE_ACTIVE");
    }

    /// <summary>
    /// An action that has sub-actions reports no longer itself, and has no leads of its own; its earlier updates stay with it, and so does
    /// who led it then.
    /// </summary>
    public static void Divide(PlanActionEntity parent)
    {
        if (parent.Leaf)
            (parent.FormerOpccLeads, parent.FormerDeliveryLeads) = (parent.OpccLeads, parent.DeliveryLeads);
        (parent.Leaf, parent.OpccLeads, parent.DeliveryLeads) = (false, [], []);
    }

    /// <summary>What nobody below it reports any more, it reports itself again, with the leads that it had.</summary>
    public static void Unite(PlanActionEntity parent)
    {
        if (!parent.Leaf)
            (parent.OpccLeads, parent.DeliveryLeads) = (parent.FormerOpccLeads, parent.FormerDeliveryLeads);
        (parent.Leaf, parent.FormerOpccLeads, parent.FormerDeliveryLeads) = (true, [], []);
    }
}
