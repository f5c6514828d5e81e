using System.Text;
using Google.Api;
using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Writes a report in a format.</summary>
internal sealed class ReportRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());

    /// <summary>INVALID_ARGUMENT for a format that is not known, before anything is read.</summary>
    public static Format Check(Format format) => format is Format.Html or Format.Csv or Format.Json or Format.Facts
        ? format
        : throw ApiErrors.InvalidField("format", "It is required: FORMAT_HTML, FORMAT_CSV, FORMAT_JSON or FORMAT_FACTS.");

    public async Task<HttpBody> RenderAsync(ProgressReport report, Format format) => format switch
    {
        Format.Csv => Body("text/csv; charset=utf-8", ByteString.CopyFrom(CsvReport.Write(report))),
        Format.Facts => Body("text/csv; charset=utf-8", ByteString.CopyFrom(FactsTable.Write(report))),
        Format.Json => Body("application/json; charset=utf-8", ByteString.CopyFrom(Json.Format(report), Encoding.UTF8)),
        _ => Body("text/html; charset=utf-8", ByteString.CopyFrom(await HtmlAsync(report), Encoding.UTF8)),
    };

    private static HttpBody Body(string contentType, ByteString data) => new() { ContentType = contentType, Data = data };

    private async Task<string> HtmlAsync(ProgressReport report)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<HtmlReport>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(HtmlReport.Report)] = report }));
            return page.ToHtmlString();
        });
    }
}
