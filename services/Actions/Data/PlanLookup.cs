using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Data;

/// <summary>Finds plans by their id.</summary>
internal static class PlanLookup
{
    /// <summary>The plan's key; NOT_FOUND where there is no such plan.</summary>
    public static async Task<int> PlanIdAsync(this ActionsContext db, string slug, CancellationToken cancellationToken) =>
        await db.PresentPlans.Where(p => p.Slug == slug).Select(p => (int?)p.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw ApiErrors.NotFound(ResourceName.Plan.Of(slug));
}
