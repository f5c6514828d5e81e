using Google.Api;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using PlanServices.Actions.V1;
using PlanServices.Dashboard.Features.Grid;
using PlanServices.Dashboard.Reading;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using Format = PlanServices.Reporting.V1.Format;

namespace PlanServices.Dashboard.Features;

/// <summary>Papers as files, from the services' bytes.</summary>
internal static class Downloads
{
    /// <summary>The kinds of file: the ending, what people call it, the format.</summary>
    public static IReadOnlyList<(string Ending, string Label, Format Format)> Kinds { get; } =
    [
        ("html", "Page", Format.Html), ("docx", "Word", Format.Docx), ("xlsx", "Excel", Format.Xlsx), ("csv", "CSV", Format.Csv),
        ("md", "Markdown", Format.Markdown), ("json", "JSON", Format.Json), ("facts.csv", "Facts", Format.Facts),
    ];

    public static void MapDownloads(this WebApplication app)
    {
        var downloads = app.MapGroup("/download").RequireAuthorization(Policies.PlanRead).WithMetadata(new UserPageMetadata());
        downloads.MapGet("/report.{format}", RenderAsync);
        downloads.MapGet("/grid.{format}", GridAsync);
        downloads.MapGet("/published/{report}.{format}", PublishedAsync);
        downloads.MapGet("/edit.{format}", EditAsync);
    }

    // The report of a period as it is now.
    private static Task<IResult> RenderAsync(
        string format,
        string plan,
        string period,
        [FromQuery] Audience? audience,
        [FromQuery] ProtectiveMarking? marking,
        [FromServices] ReportService.ReportServiceClient reports,
        [FromServices] Calls calls,
        CancellationToken cancellationToken) => FileAsync(
            $"{plan}-{period}.{format}",
            async () => await reports.RenderReportAsync(
                new RenderReportRequest
                {
                    Name = $"plans/{plan}/periods/{period}",
                    Format = Of(format),
                    Audience = audience ?? Audience.Unspecified,
                    ProtectiveMarking = marking ?? ProtectiveMarking.Unspecified,
                },
                calls.LongOptions(cancellationToken)));

    // The same with the rows of the grid alone, in the order and by the filter that the page's address has.
    private static async Task<IResult> GridAsync(
        string format,
        string plan,
        string period,
        HttpRequest request,
        [FromServices] PlaceReader places,
        [FromServices] GridReader grids,
        [FromServices] ReportService.ReportServiceClient reports,
        [FromServices] Calls calls,
        CancellationToken cancellationToken)
    {
        if (Of(format) is Format.Unspecified)
            return Results.NotFound();

        var place = await places.ReadAsync(plan, period, cancellationToken);
        return place.Problem is { } missing ? Say(missing) : await FileAsync($"{plan}-{period}-grid.{format}", async () =>
        {
            var grid = await grids.ReadAsync(place, cancellationToken);
            var filter = GridFilter.Parse(request.QueryString.Value ?? "");
            // A report has what is pursued.
            var refs = filter.Apply(grid.Rows).Where(r => r.Action.State == PlanAction.Types.State.Active).Select(r => r.Action.Ref).ToArray();
            if (refs.Length == 0)
                throw new RpcException(new Status(StatusCode.NotFound, "No action fits the filter."));

            var render = new RenderReportRequest { Name = place.Period!.Name, Format = Of(format), Selection = filter.Say(place, grid) };
            render.Refs.AddRange(refs);
            return await reports.RenderReportAsync(render, Calls.AtLeast(place.Plan!, calls.LongOptions(cancellationToken)));
        });
    }

    // A report as it was published.
    private static Task<IResult> PublishedAsync(
        string format,
        string report,
        string plan,
        [FromServices] ReportService.ReportServiceClient reports,
        [FromServices] Calls calls,
        CancellationToken cancellationToken) => FileAsync(
            $"{plan}-report-{report}.{format}",
            async () => await reports.DownloadReportAsync(
                new DownloadReportRequest
                {
                    Name = $"plans/{plan}/reports/{report}",
                    Format = Of(format),
                },
                calls.LongOptions(cancellationToken)));

    // The grid as a table that leads can edit and the office imports again.
    private static Task<IResult> EditAsync(
        string format,
        string plan,
        string period,
        [FromServices] GridService.GridServiceClient grids,
        [FromServices] Calls calls,
        CancellationToken cancellationToken) => FileAsync(
            $"{plan}-{period}-edit.{format}",
            async () => await grids.ExportGridAsync(
                new ExportGridRequest
                {
                    Parent = $"plans/{plan}",
                    Period = period,
                    Format = format == "csv" ? ImportGridRequest.Types.Format.Csv : ImportGridRequest.Types.Format.Xlsx,
                },
                calls.LongOptions(cancellationToken)));

    // No format where no kind of file ends so: the service says which there are.
    private static Format Of(string ending) => Kinds.FirstOrDefault(k => k.Ending == ending).Format;

    private static async Task<IResult> FileAsync(string name, Func<Task<HttpBody>> read)
    {
        try
        {
            var body = await read();
            // A page opens in the browser; other files are saved.
            return Results.File(
                body.Data.ToByteArray(), body.ContentType, body.ContentType.StartsWith("text/html", StringComparison.Ordinal) ? null : name);
        }
        catch (RpcException e)
        {
            return Say(Problem.Of(e));
        }
    }

    private static IResult Say(Problem problem) => Results.Text($"{problem.Title} {problem.Detail}", "text/plain; charset=utf-8", statusCode: problem.HttpStatus);
}
