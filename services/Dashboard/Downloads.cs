using Grpc.Core;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using Format = PlanServices.Reporting.V1.Format;

namespace PlanServices.Dashboard;

/// <summary>Reports for the browser: it has no access token of its own to ask the JSON face with.</summary>
internal static class Downloads
{
    private const string Route = "/reports/{plan}/{period}.{format}";

    /// <summary>What can be downloaded, as the links say it.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["HTML", "CSV", "JSON"];

    /// <summary>The address of a period's report.</summary>
    /// <param name="period"><c>plans/{plan}/periods/{period}</c>.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static string Address(string period, string format)
    {
        var segments = period.Split('/');
        return $"/reports/{segments[1]}/{segments[3]}.{format.ToLowerInvariant()}";
    }

    public static void MapDownloads(this WebApplication app) =>
        app.MapGet(Route, DownloadAsync).RequireAuthorization(Policies.PlanRead).WithMetadata(new UserPageMetadata());

    private static async Task<IResult> DownloadAsync(
        string plan, string period, string format, ReportService.ReportServiceClient reports, CancellationToken cancellationToken)
    {
        if (!Formats.Contains(format, StringComparer.OrdinalIgnoreCase) || !Enum.TryParse<Format>(format, ignoreCase: true, out var wanted))
            return Results.Problem($"There is no report as {format}; {string.Join(", ", Formats)} there are.", statusCode: StatusCodes.Status404NotFound);

        try
        {
            var body = await reports.RenderReportAsync(
                new RenderReportRequest { Name = $"plans/{plan}/periods/{period}", Format = wanted }, cancellationToken: cancellationToken);
            return Results.Bytes(body.Data.ToByteArray(), body.ContentType);
        }
        catch (RpcException e)
        {
            return Results.Problem(e.Status.Detail, statusCode: e.StatusCode switch
            {
                StatusCode.NotFound or StatusCode.InvalidArgument => StatusCodes.Status404NotFound,
                StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
                _ => StatusCodes.Status503ServiceUnavailable,
            });
        }
    }
}
