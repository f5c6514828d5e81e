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
/// that is complete reports nothing more, and gets none. An action that a refresh gave another ref has the text that it reported under
/// the old one.
/// </summary>
internal static class CarryOver
{
    public static async Task IntoAsync(ActionsContext db, PlanEdit edit, PeriodEntity period, CancellationToken cancellationToken)
    {
        var reports = await LastReports.Before(db, edit.Plan.Id, period.Slug)
            .Where(u => u.PlanAction.Leaf)
            .OrderBy(u => u.PlanAction.SortKey)
            .Select(u => new { Report = u, From = u.Period.Slug, u.PlanAction.Ref, u.PlanAction.Title })
            .ToListAsync(cancellationToken);
        var leaves = await db.PlanActions
            .Where(a => a.PlanId == edit.Plan.Id && a.Leaf && a.State == PlanAction.Types.State.Active)
            .ToDictionaryAsync(a => a.Id, cancellationToken);
        var reported = reports.Select(r => r.Report.PlanActionId).ToHashSet();
        // Under its new ref an action has not reported yet, and has the title that it had under the old one.
        var renamed = leaves.Values.Where(a => a.Replaces is [_] && !reported.Contains(a.Id)).ToLookup(a => (a.Replaces[0], a.Title));
        var source = new ChangeSource { Kind = ChangeSource.Types.Kind.CarryOver };
        foreach (var last in reports.Where(r => r.Report.Narrative.Length > 0 && r.Report.Status != Status.Complete))
        {
            var report = last.Report;
            if ((leaves.GetValueOrDefault(report.PlanActionId) ?? renamed[(last.Ref, last.Title)].FirstOrDefault()) is not { } leaf)
                continue;

            var draft = new ProgressUpdateEntity
            {
                PlanAction = leaf,
                Period = period,
                Narrative = report.Narrative,
                Opportunities = report.Opportunities,
                EvidenceLinks = report.EvidenceLinks,
                CrossReferences = report.CrossReferences,
                Withheld = report.Withheld,
                State = State.Draft,
                CarriedOverFrom = last.From,
                CreateTime = edit.Now,
            };
            db.Add(draft);
            edit.Changed(draft, source: source);
        }
    }
}
