using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PlanServices.Reporting.Features.Attention;
using PlanServices.Reporting.Features.Comparing;
using PlanServices.Reporting.Features.Grid;
using PlanServices.Reporting.Features.Publishing;
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
    PeriodComparisons comparisons,
    ReportMaker maker,
    Publisher publisher,
    Publications publications,
    ReportSearch search,
    Withdrawals withdrawals)
    : ReportService.ReportServiceBase
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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
    public override Task<ComparePeriodsResponse> ComparePeriods(ComparePeriodsRequest request, ServerCallContext context) =>
        comparisons.CompareAsync(request, context);

    [Authorize(Policy = Policies.PlanRead)]
    [Produces("text/csv")]
    public override async Task<HttpBody> ExportFacts(ExportFactsRequest request, ServerCallContext context)
    {
        var ids = ResourceName.Period.Parse(request.Name, "name");
        var audience = Audiences.Check(request.Audience);
        return await publications.NewestFactsAsync(ids[0], ids[1], audience, context.CancellationToken)
            ?? await maker.RenderAsync(new RenderReportRequest { Name = request.Name, Audience = audience, Format = Format.Facts }, context);
    }

    [Authorize(Policy = Policies.PlanRead)]
    [Produces("text/html", "text/csv", "application/json", "text/markdown", Docx, Xlsx)]
    public override Task<HttpBody> RenderReport(RenderReportRequest request, ServerCallContext context) =>
        maker.RenderAsync(request, context);

    [Authorize(Policy = Policies.ReportsPublish)]
    public override Task<Report> PublishReport(PublishReportRequest request, ServerCallContext context) => publisher.PublishAsync(request, context);

    [Authorize(Policy = Policies.PublicEditions)]
    public override Task<Report> GetReport(GetReportRequest request, ServerCallContext context) => publications.GetAsync(request, context);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context) =>
        publications.ListAsync(request, context);

    [Authorize(Policy = Policies.PlanAdmin)]
    public override Task<SearchReportsResponse> SearchReports(SearchReportsRequest request, ServerCallContext context) =>
        search.SearchAsync(request, context);

    [Authorize(Policy = Policies.PublicEditions)]
    [Produces("text/html", "text/csv", "application/json", "text/markdown", Docx, Xlsx)]
    public override Task<HttpBody> DownloadReport(DownloadReportRequest request, ServerCallContext context) =>
        publications.DownloadAsync(request, context);

    [Authorize(Policy = Policies.ReportsPublish)]
    public override Task<Report> WithdrawReport(WithdrawReportRequest request, ServerCallContext context) =>
        withdrawals.WithdrawAsync(request, context);
}
