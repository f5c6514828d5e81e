using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Plans;

/// <summary>
/// Deletes a plan that was made by mistake, with its themes: one in which nothing is, so that nothing is lost. What it once held and was
/// taken back stays in its log.
/// </summary>
internal sealed class PlanDeletion(PlanWriter plans)
{
    public Task<DeletePlanResponse> DeleteAsync(DeletePlanRequest request, string caller, CancellationToken cancellationToken)
    {
        var slug = ResourceName.Plan.Parse(request.Name, "name")[0];
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, slug, async (db, edit, token) =>
        {
            var plan = edit.Plan;
            Etags.Check(request.Name, request.Etag, plan.Revision);
            var actions = await db.PlanActions.CountAsync(a => a.PlanId == plan.Id, token);
            var periods = await db.Periods.CountAsync(p => p.PlanId == plan.Id, token);
            var refreshes = await db.PlanRefreshes.CountAsync(r => r.PlanId == plan.Id, token);
            if (actions + periods + refreshes > 0)
                throw NotEmpty(request.Name, ("actions", actions), ("periods", periods), ("refreshes", refreshes));

            var themes = await db.Themes.Where(t => t.PlanId == plan.Id).OrderBy(t => t.Position).ToListAsync(token);
            foreach (var theme in themes)
                edit.Deleted(Resources.Theme(theme.Slug));
            db.RemoveRange(themes);
            edit.PlanDeleted();
            return new DeletePlanResponse { DeletedThemes = themes.Count, Revision = edit.Revision };
        }, cancellationToken);
    }

    private static ApiException NotEmpty(string name, params (string What, int Count)[] contents)
    {
        var held = string.Join(", ", contents.Where(c => c.Count > 0).Select(c => $"{c.What} ({c.Count})"));
        return new ApiException(
            StatusCode.FailedPrecondition,
            ErrorReason.NotDeletable,
            $"{name} cannot be deleted: it has {held}. Undo the imports that brought actions, and delete the periods; other actions, and refreshes, stay.")
            .With("resource", name);
    }
}
