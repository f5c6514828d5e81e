using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser;
using CsCheck;
using CsvHelper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Text;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Reporting.Tests.Features.Reports;

public class ReportWritersTests
{
    private static readonly Theme Victims = new() { Name = "plans/county/themes/victims", DisplayName = "Victims", Position = 1 };

    [Fact]
    public void Csv_AnyText_ComesBackWhole() => UnicodeText.Any.Sample(text =>
    {
        var bytes = CsvReport.Write(ReportWith(text));

        Assert.True(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
        using var csv = new CsvReader(new StreamReader(new MemoryStream(bytes)), CultureInfo.InvariantCulture);
        Assert.True(csv.Read() && csv.ReadHeader() && csv.Read());
        Assert.Equal(text, SpreadsheetCell.Restore(csv.GetField("Key delivery activities")!));
        Assert.False(csv.Read());
    });

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public void Csv_CellASpreadsheetWouldExecute_IsNeutral(string text) =>
        Assert.Contains($"'{text}", Encoding.UTF8.GetString(CsvReport.Write(ReportWith(text))), StringComparison.Ordinal);

    [Fact]
    public async Task Html_MarkupInText_StaysText()
    {
        const string Attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&";

        var page = await HtmlAsync(ReportWith(Attack));

        Assert.Empty(page.QuerySelectorAll("script, img"));
        Assert.Contains(Attack, page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_AddressOfNoWeb_IsNoLink()
    {
        var report = ReportWith("text");
        report.Rows[0].EvidenceLinks.AddRange(["javascript:alert(1)", "https://a.example/x"]);

        var page = await HtmlAsync(report);

        Assert.Equal(["https://a.example/x"], page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")).Where(h => !h!.StartsWith('#')));
    }

    [Fact]
    public async Task Html_Tables_HaveCaptionsAndScopes()
    {
        var page = await HtmlAsync(ReportWith("text"));

        Assert.Equal("en-GB", page.DocumentElement.GetAttribute("lang"));
        Assert.All(page.QuerySelectorAll("table"), t => Assert.NotNull(t.QuerySelector("caption")));
        Assert.All(page.QuerySelectorAll("th"), t => Assert.NotNull(t.GetAttribute("scope")));
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Fact]
    public async Task Json_Report_IsTheContractsMessage()
    {
        var report = ReportWith("text");
        var body = await Renderer().RenderAsync(report, Format.Json);

        Assert.Equal("application/json; charset=utf-8", body.ContentType);
        Assert.Equal(report, ProgressReport.Parser.ParseJson(body.Data.ToStringUtf8()));
    }

    private static ProgressReport ReportWith(string text) => ProgressReports.Of(
        ReportMaterials.Alone([Victims], [new LeafState(
            new PlanAction { Name = "plans/county/actions/V1", Ref = "V1", Theme = Victims.Name, Title = "Answer", Leaf = true },
            new ProgressUpdate { Name = "plans/county/actions/V1/updates/2018-10", Narrative = text })]),
        PartnerDirectory.OutOfReach, ReportMaterials.Today);

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> HtmlAsync(ProgressReport report) =>
        new HtmlParser().ParseDocument((await Renderer().RenderAsync(report, Format.Html)).Data.ToStringUtf8());

    private static ReportRenderer Renderer() => new(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);
}
