using Grpc.Core;
using PlanServices.Reporting.Features.Grid;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features.Comparing;

/// <summary>Says what is new since another period.</summary>
internal sealed class PeriodComparisons(ReportSource source)
{
    public async Task<ComparePeriodsResponse> CompareAsync(ComparePeriodsRequest request, ServerCallContext context)
    {
        var ids = ResourceName.Period.Parse(request.Name, "name");
        var audience = Audiences.Check(request.Audience);
        var material = await source.ReadAsync(ids[0], ids[1], request.BasePeriod, audience, context);
        var seen = material.Now.Leaves.Select(l => SeenLeaf.Of(l, audience)).ToArray();
        var rows = new ReportRows(material, seen, Schemes.With(material.Now.Plan.StatusScheme, [])).Comparisons();
        var response = new ComparePeriodsResponse
        {
            BasePeriod = material.Base?.Period.ToGridPeriod(),
            Period = material.Now.Period.ToGridPeriod(),
            TotalLeaves = seen.Length,
            Revision = material.Now.Revision,
        };
        response.Rows.AddRange(rows.Where(r => request.ShowUnchanged || r.Kind != RowComparison.Types.Kind.Unchanged));
        return response;
    }
}
