using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using PlanServices.Reporting.Features.Attention;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Grid;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.Features.Summaries;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features;

/// <summary>Figures and reports over gRPC and JSON.</summary>
internal sealed class ReportGrpcService(
    SummaryReads summaries,
    SummaryWatcher watcher,
    StatusGrids grids,
    AttentionList attention,
    PlanStates states,
    DirectoryFollower partners,
    ReportRenderer renderer)
    : ReportService.ReportServiceBase
{
    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<StatusSummary> GetStatusSummary(GetStatusSummaryRequest request, ServerCallContext context) =>
        (await summaries.GetAsync(request.Name, request.Audience, context)).Summary;

    [Authorize(Policy = Policies.PlanRead)]
    public override Task WatchStatusSummary(
        WatchStatusSummaryRequest request, IServerStreamWriter<StatusSummary> responseStream, ServerCallContext context) =>
        watcher.WatchAsync(request, responseStream, context);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<StatusGrid> GetStatusGrid(GetStatusGridRequest request, ServerCallContext context) => grids.GetAsync(request, context);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListAttentionItemsResponse> ListAttentionItems(ListAttentionItemsRequest request, ServerCallContext context) =>
        attention.ListAsync(request, context);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<HttpBody> ExportFacts(ExportFactsRequest request, ServerCallContext context) =>
        RenderAsync(request.Name, Format.Facts, context);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<HttpBody> RenderReport(RenderReportRequest request, ServerCallContext context) =>
        RenderAsync(request.Name, ReportRenderer.Check(request.Format), context);

    private async Task<HttpBody> RenderAsync(string name, Format format, ServerCallContext context)
    {
        var ids = ResourceName.Period.Parse(name, "name");
        var state = await states.ReadAsync(ids[0], ids[1], context);
        return await renderer.RenderAsync(ProgressReports.Of(state, await partners.GetAsync(context.CancellationToken)), format);
    }
}
