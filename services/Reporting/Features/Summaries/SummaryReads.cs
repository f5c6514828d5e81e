using Grpc.Core;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features.Summaries;

/// <summary>
/// Gives summaries. One that was made is handed out again, the same message to all, until the plan or the directory changes.
/// </summary>
internal sealed class SummaryReads(ModelReads reads, DirectoryFollower directory)
{
    public async ValueTask<SummaryAt> GetAsync(string name, Audience audience, ServerCallContext context)
    {
        var ids = ResourceName.StatusSummary.Parse(name, "name");
        var seenBy = Audiences.Check(audience);
        var partners = await directory.GetAsync(context.CancellationToken);
        var (plan, period) = await reads.FindAsync(ids[0], ids[1], context);
        return Get(plan, period, seenBy, partners);
    }

    private static SummaryAt Get(PlanModel plan, PeriodModel period, Audience audience, PartnerDirectory partners)
    {
        if (period.Summary(audience) is { } kept && kept.Revision == plan.Revision && ReferenceEquals(kept.Directory, partners))
            return kept;

        lock (plan.Lock)
        {
            // It may have been deleted since it was found.
            if (period.Period is null)
                throw ApiErrors.NotFound($"{plan.Name}/periods/{period.Id}");

            var summary = new SummaryAt(Summaries.Of(plan, period, audience, partners), plan.Revision, partners);
            period.Keep(audience, summary);
            return summary;
        }
    }
}
