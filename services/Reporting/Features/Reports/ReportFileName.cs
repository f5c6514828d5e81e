using Grpc.Core;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>What a browser that was given a report's bytes needs to know of them.</summary>
internal static class ReportFileName
{
    /// <summary>"cambridgeshire-2017-2018-10-public-report-3". The ids of a name have no character that a header could not take.</summary>
    public static string Of(string plan, string period, Audience audience, int number) =>
        $"{plan}-{period}-{audience.ToString().ToLowerInvariant()}{(number > 0 ? $"-report-{number}" : "")}";

    /// <summary>
    /// Names the file, and shuts a page in: no script, nothing loaded, whatever its texts say. Only web pages are shown in place.
    /// </summary>
    public static void Announce(ServerCallContext context, string name, Format format)
    {
        var headers = context.GetHttpContext().Response.Headers;
        headers.ContentDisposition = $"{(format == Format.Html ? "inline" : "attachment")}; filename=\"{name}.{Extension(format)}\"";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
        headers.XContentTypeOptions = "nosniff";
    }

    private static string Extension(Format format) => format switch
    {
        Format.Markdown => "md",
        Format.Facts => "facts.csv",
        _ => format.ToString().ToLowerInvariant(),
    };
}
