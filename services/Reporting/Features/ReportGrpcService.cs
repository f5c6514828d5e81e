using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features;

/// <summary>Figures and reports over gRPC and JSON.</summary>
internal sealed class ReportGrpcService(PlanStates states, PartnerNames partners, ReportRenderer renderer) : ReportService.ReportServiceBase
{
    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<StatusSummary> GetStatusSummary(GetStatusSummaryRequest request, ServerCallContext context)
    {
        var ids = ResourceName.StatusSummary.Parse(request.Name, "name");
        return Summaries.Summaries.Of(
            await states.ReadAsync(ids[0], ids[1], context), await partners.GetAsync(context.CancellationToken));
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<HttpBody> RenderReport(RenderReportRequest request, ServerCallContext context)
    {
        var ids = ResourceName.Period.Parse(request.Name, "name");
        var format = ReportRenderer.Check(request.Format);
        var state = await states.ReadAsync(ids[0], ids[1], context);
        return await renderer.RenderAsync(ProgressReports.Of(state, await partners.GetAsync(context.CancellationToken)), format);
    }
}
