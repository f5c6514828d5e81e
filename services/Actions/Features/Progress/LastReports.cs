using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Features.Progress;

/// <summary>Finds what each action of a plan last reported before a period: what was sent in or approved in the newest earlier one.</summary>
internal static class LastReports
{
    public static IQueryable<ProgressUpdateEntity> Before(ActionsContext db, int planId, string period) => db.ProgressUpdates.AsNoTracking()
        .Where(u => u.PlanAction.PlanId == planId
            && (u.State == State.Submitted || u.State == State.Approved)
            && string.Compare(u.Period.Slug, period) < 0
            && !db.ProgressUpdates.Any(later => later.PlanActionId == u.PlanActionId
                && (later.State == State.Submitted || later.State == State.Approved)
                && string.Compare(later.Period.Slug, u.Period.Slug) > 0
                && string.Compare(later.Period.Slug, period) < 0));
}
