using Grpc.Core;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Gathers what a report is made of. Nothing in it is of another revision than the rest.</summary>
internal sealed class ReportSource(PlanStates states)
{
    /// <summary>How many periods a trend has at the most.</summary>
    public const int MostPeriods = 12;

    private const int Attempts = 5;

    /// <summary>
    /// The material for a period. Errors as of <see cref="PlanStates.ReadAsync"/>; UNAVAILABLE where the plan changes faster than it can
    /// be read.
    /// </summary>
    /// <param name="planId">The plan's id.</param>
    /// <param name="periodId">The period's id.</param>
    /// <param name="basePeriod">The id of the period to compare with; empty for the one before.</param>
    /// <param name="audience">For whom.</param>
    /// <param name="periods">How many periods are wanted for a trend, this one among them.</param>
    /// <param name="context">The call.</param>
    public async Task<ReportMaterial> ReadAsync(
        string planId, string periodId, string basePeriod, Audience audience, int periods, ServerCallContext context)
    {
        if (basePeriod.Length > 0)
            CheckBase(periodId, basePeriod);

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var now = await states.ReadAsync(planId, periodId, context);
            var earlier = now.Periods.Select(p => IdOf(p.Name)).Where(id => string.CompareOrdinal(id, periodId) < 0).Order(StringComparer.Ordinal).ToArray();
            List<PlanState> all = [];
            foreach (var id in earlier.TakeLast(periods - 1))
                all.Add(await states.ReadAsync(planId, id, context));

            all.Add(now);
            var compared = basePeriod.Length > 0 ? basePeriod : earlier.LastOrDefault() ?? "";
            var before = compared.Length == 0 ? null
                : all.Find(s => IdOf(s.Period.Name) == compared) ?? await states.ReadAsync(planId, compared, context);
            if (all.Append(before ?? now).All(s => s.Revision == now.Revision))
                return new ReportMaterial(all, before, audience);
        }

        throw ApiErrors.Unavailable($"{ResourceName.Plan.Of(planId)} is changing faster than a report of it can be made; call again.");
    }

    private static void CheckBase(string periodId, string basePeriod)
    {
        ResourceName.CheckPeriodId(basePeriod, "base_period");
        if (string.CompareOrdinal(basePeriod, periodId) >= 0)
            throw ApiErrors.InvalidField("base_period", $"{basePeriod} is not before {periodId}.");
    }

    private static string IdOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
