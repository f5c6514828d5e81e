using Grpc.Core;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Gathers what a report is made of. Nothing in it is of another revision than the rest.</summary>
internal sealed class ReportSource(PlanStates states, ModelReads reads, PlanModels plans)
{
    /// <summary>The material for a period. Errors as of <see cref="ModelReads.ReadAsync{T}"/>.</summary>
    /// <param name="planId">The plan's id.</param>
    /// <param name="periodId">The period's id.</param>
    /// <param name="basePeriod">The id of the period to compare with; empty for the one before.</param>
    /// <param name="audience">For whom.</param>
    /// <param name="context">The call.</param>
    /// <param name="atLeast">A revision that is needed whatever the call asks for.</param>
    public async Task<ReportMaterial> ReadAsync(
        string planId, string periodId, string basePeriod, Audience audience, ServerCallContext context, long atLeast = 0)
    {
        if (basePeriod.Length > 0)
            CheckBase(periodId, basePeriod);

        return await reads.ReadAsync<ReportMaterial>(planId, periodId, context, async least =>
        {
            var (now, revision) = await states.TryReadAsync(planId, periodId, least, context.CancellationToken);
            if (now is null)
                return (null, revision);

            var compared = basePeriod.Length > 0 ? basePeriod
                : now.Periods.Select(p => IdOf(p.Name)).Where(id => string.CompareOrdinal(id, periodId) < 0).Max(StringComparer.Ordinal) ?? "";
            var before = compared.Length == 0 ? null
                : basePeriod.Length > 0 ? await states.ReadAsync(planId, compared, context)
                : (await states.TryReadAsync(planId, compared, least, context.CancellationToken)).State;
            var together = compared.Length == 0 || before?.Revision == now.Revision;
            return together && TrendsAt(now, periodId, audience) is { } trends
                ? (new ReportMaterial(now, before, audience, trends), revision)
                : (null, ModelReads.NotYet);
        }, atLeast);
    }

    // Null where memory is not at the revision that the database is at: it follows the commit at once.
    private Trends? TrendsAt(PlanState state, string periodId, Audience audience)
    {
        if (plans.Find(state.Plan.Name) is not { } plan)
            return null;

        lock (plan.Lock)
            return plan.Revision == state.Revision ? Trends.Of(plan, periodId, audience) : null;
    }

    private static void CheckBase(string periodId, string basePeriod)
    {
        ResourceName.CheckPeriodId(basePeriod, "base_period");
        if (string.CompareOrdinal(basePeriod, periodId) >= 0)
            throw ApiErrors.InvalidField("base_period", $"{basePeriod} is not before {periodId}.");
    }

    private static string IdOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
