using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Progress;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Features.Progress;

/// <summary>Puts their warnings on updates that were read, with one query for each thing that they are held against.</summary>
internal static class ProgressWarnings
{
    /// <summary>The messages of updates of one plan, with warnings. Actions and periods must be loaded.</summary>
    public static async Task<List<ProgressUpdate>> ToMessagesAsync(
        this IReadOnlyList<ProgressUpdateEntity> updates, ActionsContext db, int planId, string plan, CancellationToken cancellationToken)
    {
        var actionIds = updates.Select(u => u.PlanActionId).Distinct().ToArray();
        var newest = updates.Select(u => u.Period.Slug).DefaultIfEmpty("").Max()!;
        var reports = (await db.ProgressUpdates.AsNoTracking()
            .Where(u => actionIds.Contains(u.PlanActionId) && (u.State == State.Submitted || u.State == State.Approved)
                && string.Compare(u.Period.Slug, newest) < 0)
            .Select(u => new { u.PlanActionId, u.Period.Slug, u.Status, u.Narrative })
            .ToListAsync(cancellationToken)).ToLookup(u => u.PlanActionId);
        var pointedTo = updates.SelectMany(u => u.CrossReferences).Distinct().ToArray();
        var there = (await db.PlanActions.Where(a => a.PlanId == planId && pointedTo.Contains(a.Ref)).Select(a => a.Ref).ToListAsync(cancellationToken))
            .ToHashSet();
        return [.. updates.Select(update =>
        {
            var before = reports[update.PlanActionId]
                .Where(r => string.CompareOrdinal(r.Slug, update.Period.Slug) < 0)
                .MaxBy(r => r.Slug, StringComparer.Ordinal);
            var context = new ProgressContext(
                before is null ? null : new LastReport(before.Status, before.Narrative),
                update.PlanAction.DeliveryLeads.Count > 0,
                name => there.Contains(name[(name.LastIndexOf('/') + 1)..]));
            var message = update.ToMessage(plan);
            message.Warnings.AddRange(ProgressRules.Check(message, context));
            return message;
        })];
    }
}
