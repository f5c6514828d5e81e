using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Plans;

/// <summary>
/// Gives each leaf of a new period the text that it last reported as a draft, with its links and references and with what is withheld of
/// it, so that its lead need not type it again. Status, reason and direction are stated anew each time, and a draft is no report. A leaf
/// that is complete reports nothing more, and gets none.
/// </summary>
internal static class CarryOver
{
    public static async Task IntoAsync(ActionsContext db, PlanEdit edit, PeriodEntity period, CancellationToken cancellationToken)
    {
        var reports = await LastReports.Before(db, edit.Plan.Id, period.Slug)
            .Where(u => u.PlanAction.Leaf && u.PlanAction.State == PlanAction.Types.State.Active && u.Status != Status.Complete)
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
                Withheld = report.Withheld,
                State = State.Draft,
                CarriedOverFrom = from,
                CreateTime = edit.Now,
            };
            db.Add(draft);
            edit.Changed(draft, source: source);
        }
    }
}
