using System.Text;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Format = PlanServices.Reporting.V1.Format;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Reports;

/// <summary>How a row's texts read: marks, links, what was before.</summary>
public sealed class RowTextTests
{
    private const string Paper = "https://papers.example/a_b/c-1.pdf";
    private const string Other = "https://papers.example/other";
    private const string Before = "The desk opened. See also V2.";
    private const string Now = $"The desk opened, and takes calls. See also V2. {Paper}";

    [Fact]
    public async Task Html_LinkAndReferenceInTheText_ArePrintedOnceAsLinks()
    {
        var page = new HtmlParser().ParseDocument(await TextAsync(Format.Html));
        var row = page.QuerySelector("tr#V1")!;

        Assert.Equal([Paper, Other], row.QuerySelectorAll("a[href^=http]").Select(a => a.TextContent));
        Assert.Equal(["#V2", "#V3"], row.QuerySelectorAll("a[href^='#']").Select(a => a.GetAttribute("href")));
        Assert.Equal([Other], row.QuerySelectorAll(".links li").Select(l => l.TextContent.Trim()));
        // Punctuation stays at its word.
        Assert.Contains("See also V2. ▸New: https:", row.QuerySelectorAll("td")[2].TextContent, StringComparison.Ordinal);
        Assert.Equal(["and takes calls", Paper], row.QuerySelectorAll("td:nth-child(4) ins").Select(i => i.TextContent.Replace("▸New:", "", StringComparison.Ordinal).Trim()));
    }

    [Fact]
    public async Task Markdown_LinkAndReferenceInTheText_ArePrintedOnceAndMarksStandApart() => Assert.Contains(
        $"| The desk opened, **▸New:** <ins>and takes calls</ins>. See also V2. **▸New:** <ins><{Paper}></ins><br><{Other}><br>See also V3 | ",
        await TextAsync(Format.Markdown),
        StringComparison.Ordinal);

    [Fact]
    public async Task Docx_LinkAndReferenceInTheText_ArePrintedOnce()
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(await ReportMaterials.BytesAsync(Report(), Format.Docx)), false);
        var cell = document.MainDocumentPart!.Document!.Descendants<TableCell>().Single(c => c.InnerText.Contains("The desk", StringComparison.Ordinal));

        Assert.Equal(
            ["The desk opened, ▸New: and takes calls. See also V2. ▸New: " + Paper, Other, "See also V3"], cell.Elements<Paragraph>().Select(p => p.InnerText));
        Assert.Equal([Paper, Other], cell.Descendants<Hyperlink>().Select(h => h.InnerText));
    }

    [Theory]
    [InlineData("See V20.", "See also V2, V3")]
    [InlineData("See V2.1 of https://papers.example/a/V2.", "See also V2, V3")]
    [InlineData("(V2), V3!", "")]
    [InlineData("See V2.", "See also V3")]
    public async Task Markdown_LongerRef_IsAnother(string narrative, string below)
    {
        var lines = (await TextAsync(Format.Markdown, narrative)).Split('\n').Single(l => l.StartsWith("| **V1**", StringComparison.Ordinal));

        Assert.Equal(below, string.Join(' ', lines.Split('|')[4].Split("<br>").Select(p => p.Trim()).Where(p => p.StartsWith("See also V", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Status_ThatChanged_SaysWhatStatusAndDirectionWere()
    {
        var page = new HtmlParser().ParseDocument(await TextAsync(Format.Html));

        Assert.Equal(["▸New: status was Green", "▸New: direction was Improved"], page.QuerySelectorAll("tr#V1 .workflow").Select(n => n.TextContent));
    }

    private static async Task<string> TextAsync(Format format, string narrative = Now) =>
        Encoding.UTF8.GetString(await ReportMaterials.BytesAsync(Report(narrative), format));

    private static ProgressReport Report(string narrative = Now) => ProgressReports.Of(
        ReportMaterials.Two(
            Audience.Board,
            [ReportMaterials.Leaf("V1", u => (u.Narrative, u.Status, u.Direction) = (Before, Status.Green, Direction.Improved))],
            [
                ReportMaterials.Leaf("V1", u =>
                {
                    (u.Narrative, u.Status, u.Direction) = (narrative, Status.Amber, Direction.NoChange);
                    u.EvidenceLinks.AddRange([Paper, Other]);
                    u.CrossReferences.AddRange(["plans/county/actions/V2", "plans/county/actions/V3"]);
                }),
                ReportMaterials.Leaf("V2"),
                ReportMaterials.Leaf("V3"),
            ]),
        PartnerDirectory.OutOfReach,
        ReportMaterials.Today);
}
