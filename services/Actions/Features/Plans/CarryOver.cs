using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Features.Plans;

/// <summary>
/// Gives each leaf of a new period the text that it last reported as a draft, with its links and references, so that its lead need not
/// type it again. Status, reason and direction are stated anew each time, and a draft is no report.
/// </summary>
internal static class CarryOver
{
    public static async Task IntoAsync(ActionsContext db, PlanEdit edit, PeriodEntity period, CancellationToken cancellationToken)
    {
        var reports = await db.ProgressUpdates.AsNoTracking()
            .Where(u => u.PlanAction.PlanId == edit.Plan.Id && u.PlanAction.Leaf && u.PlanAction.State == PlanAction.Types.State.Active
                && (u.State == State.Submitted || u.State == State.Approved)
                && string.Compare(u.Period.Slug, period.Slug) < 0
                && !db.ProgressUpdates.Any(later => later.PlanActionId == u.PlanActionId
                    && (later.State == State.Submitted || later.State == State.Approved)
                    && string.Compare(later.Period.Slug, u.Period.Slug) > 0
                    && string.Compare(later.Period.Slug, period.Slug) < 0))
            .OrderBy(u => u.PlanAction.SortKey)
            .Select(u => new { Report = u, From = u.Period.Slug })
            .ToListAsync(cancellationToken);
        var ids = reports.Select(r => r.Report.PlanActionId).ToArray();
        var actions = await db.PlanActions.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        var source = new ChangeSource { Kind = ChangeSource.Types.Kind.CarryOver };
        foreach (var (report, from) in reports.Where(r => r.Report.Narrative.Length > 0).Select(r => (r.Report, r.From)))
        {
            var draft = new ProgressUpdateEntity
            {
                PlanAction = actions[report.PlanActionId],
                Period = period,
                Narrative = report.Narrative,
                Opportunities = report.Opportunities,
                EvidenceLinks = report.EvidenceLinks,
                CrossReferences = report.CrossReferences,
                State = State.Draft,
                CarriedOverFrom = from,
                CreateTime = edit.Now,
            };
            db.Add(draft);
            edit.Changed(draft, source: source);
        }
    }
}
