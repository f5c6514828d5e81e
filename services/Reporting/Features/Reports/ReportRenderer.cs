using System.Text;
using Google.Api;
using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using PlanServices.Reporting.Features.Reports.Html;
using PlanServices.Reporting.Features.Reports.Office;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Writes a report in a format. It sees nothing but the report.</summary>
internal sealed class ReportRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>The formats that it writes; a published report has a file in each.</summary>
    public static readonly IReadOnlyList<Format> Formats = [Format.Json, Format.Html, Format.Docx, Format.Xlsx, Format.Csv, Format.Markdown, Format.Facts];

    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());

    /// <summary>INVALID_ARGUMENT for a format that is not known, before anything is read.</summary>
    public static Format Check(Format format) => Formats.Contains(format)
        ? format
        : throw ApiErrors.InvalidField("format", "It is required: FORMAT_HTML, FORMAT_DOCX, FORMAT_XLSX, FORMAT_CSV, FORMAT_MARKDOWN, FORMAT_FACTS or FORMAT_JSON.");

    /// <summary>The media type of a format.</summary>
    public static string MediaType(Format format) => format switch
    {
        Format.Csv or Format.Facts => "text/csv; charset=utf-8",
        Format.Json => "application/json; charset=utf-8",
        Format.Markdown => "text/markdown; charset=utf-8",
        Format.Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/html; charset=utf-8",
    };

    public async Task<HttpBody> RenderAsync(ProgressReport report, Format format) =>
        new() { ContentType = MediaType(format), Data = UnsafeByteOperations.UnsafeWrap(await BytesAsync(report, format)) };

    public async Task<byte[]> BytesAsync(ProgressReport report, Format format) => format switch
    {
        Format.Csv => CsvReport.Write(report),
        Format.Facts => FactsTable.Write(report),
        Format.Json => Encoding.UTF8.GetBytes(Json.Format(report)),
        Format.Markdown => MarkdownReport.Write(new ReportView(report)),
        Format.Docx => DocxReport.Write(new ReportView(report)),
        Format.Xlsx => XlsxReport.Write(new ReportView(report)),
        _ => Encoding.UTF8.GetBytes(await HtmlAsync(new ReportView(report))),
    };

    private async Task<string> HtmlAsync(ReportView view)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<HtmlReport>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(HtmlReport.View)] = view }));
            return page.ToHtmlString();
        });
    }
}
