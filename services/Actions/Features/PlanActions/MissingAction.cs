using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>Says what there is where an action is not.</summary>
internal static class MissingAction
{
    /// <summary>NOT_FOUND, with the action that the plan has where only the ref's capitals differ: refs have no small letters.</summary>
    /// <param name="db">The database.</param>
    /// <param name="planId">The plan.</param>
    /// <param name="reference">The ref that was asked for.</param>
    /// <param name="name">The name that was asked for: the action's, or of what belongs to it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ApiException> ErrorAsync(ActionsContext db, int planId, string reference, string name, CancellationToken cancellationToken)
    {
        var capitals = reference.ToUpperInvariant();
        var meant = capitals != reference && await db.PlanActions.AnyAsync(a => a.PlanId == planId && a.Ref == capitals, cancellationToken);
        return ApiErrors.NotFound(name, meant ? $" The plan has {capitals}." : "");
    }
}
