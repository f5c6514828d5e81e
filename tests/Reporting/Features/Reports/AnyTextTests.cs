using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using AngleSharp.Html.Parser;
using CsCheck;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Markdig;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Text;
using PlanServices.Testing;
using Xunit;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using Row = DocumentFormat.OpenXml.Spreadsheet.Row;

namespace PlanServices.Reporting.Tests.Features.Reports;

/// <summary>Whatever a text contains, each format stays whole, and the text stays text.</summary>
public class AnyTextTests
{
    public static readonly TheoryData<string> Awkward =
    [
        "", "<script>alert(1)</script>", "]]><w:p/>", "=1+1", "@SUM(A1)", "\u202Eevil\u202C", "\u200Fمرحبا", "a\0b\u0001\u0007c\u001Fd", "\uFFFE\uFFFF", "\U0001F600 grin",
        "line\r\nline\vline\fline\u2028line\u2029line\u0085line", "\"&'<>`|*_[x](javascript:alert(1))", "&amp;#x1;", "javascript:alert(1)", "{{7*7}}", "\u200B\u00AD", "\t\tx",
        "\"); }</style><script>", "&C&\"Arial\"&8", new string('x', 300), "<br><ins>like new</ins>", "_x000A_ _x003D_1", "\\|\\\\|", "# * - 1. ~~~", "e\u0301\u0301\u0301",
        "<ins>**▸New:** </ins>", "https://a.example/<x>|y", "https://a.example/a_b_c*d*e", "   ", "\n\n",
    ];

    private static readonly OpenXmlValidator Validator = new(FileFormatVersions.Microsoft365);

    private static readonly MarkdownPipeline Tables = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private static readonly string[] MarkdownElements = ["html", "head", "body", "h1", "h2", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "br", "ins", "a"];

    // What is read back, with white space as a browser shows it.
    private static string Shown(string text) => string.Join(' ', text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Docx_AwkwardText_IsValid(string text) => CheckDocx(text);

    [Fact]
    public void Docx_AnyText_IsValid() => UnicodeText.WithLoneSurrogates.Sample(CheckDocx, iter: 40);

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Xlsx_AwkwardText_IsValidAndExecutesNothing(string text) => CheckXlsx(text);

    [Fact]
    public void Xlsx_AnyText_IsValidAndExecutesNothing() => UnicodeText.WithLoneSurrogates.Sample(CheckXlsx, iter: 40);

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Html_AwkwardText_HasNoScriptAndNoOtherElement(string text) => CheckHtml(text);

    [Fact]
    public void Html_AnyText_HasNoScriptAndNoOtherElement() => UnicodeText.WithLoneSurrogates.Sample(CheckHtml, iter: 60);

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Markdown_AwkwardText_HasNoMarkupOfItsOwn(string text) => CheckMarkdown(text);

    [Fact]
    public void Markdown_AnyText_HasNoMarkupOfItsOwn() => UnicodeText.WithLoneSurrogates.Sample(CheckMarkdown, iter: 100);

    [Theory]
    [MemberData(nameof(Awkward))]
    public void Json_AwkwardText_ComesBackWhole(string text) => CheckJson(text);

    [Fact]
    public void Json_AnyText_ComesBackWhole() => UnicodeText.Any.Sample(CheckJson);

    [Fact]
    public void Clean_AnyText_IsXmlAndStaysTheSame() => UnicodeText.WithLoneSurrogates.Sample(text =>
    {
        var clean = SafeText.Clean(text);
        Assert.Equal(clean, XmlConvert.VerifyXmlChars(clean));
        Assert.Equal(clean, SafeText.Clean(clean));
        Assert.DoesNotContain(clean, c => c is '\r' or '\t' or '\u2028' or '\u2029' or '\u0085' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
    });

    private static void CheckDocx(string text) => Valid(text, Format.Docx, s => WordprocessingDocument.Open(s, false));

    private static void CheckXlsx(string text)
    {
        Valid(text, Format.Xlsx, s => SpreadsheetDocument.Open(s, false));
        var bytes = Bytes(text, Format.Xlsx);
        Assert.DoesNotContain("<x:f>", ReportMaterials.Everything(bytes), StringComparison.Ordinal);
        using var package = SpreadsheetDocument.Open(new MemoryStream(bytes), false);
        var grid = package.WorkbookPart!.WorksheetParts.Single(p => p.TableDefinitionParts.Any()).Worksheet!;
        var title = grid.Descendants<Row>().ElementAt(1).Elements<Cell>().ElementAt(2).InnerText;
        // As Excel reads it.
        Assert.Equal(SpreadsheetCell.Neutralise(SafeText.Clean(text)), Regex.Replace(title, "_x([0-9A-Fa-f]{4})_", m => $"{(char)Convert.ToInt32(m.Groups[1].Value, 16)}"));
    }

    private static void CheckHtml(string text)
    {
        var page = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(Bytes(text, Format.Html)));

        Assert.Empty(page.QuerySelectorAll("script, img, iframe, object, base, link, form"));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(page.QuerySelectorAll("a"), a => !(a.GetAttribute("href") ?? "").StartsWith('#') && !a.GetAttribute("href")!.StartsWith("http", StringComparison.Ordinal));
        Assert.Equal(Shown(SafeText.Clean(text)), Shown(page.QuerySelector("th.action bdi")!.TextContent));
    }

    private static void CheckMarkdown(string text)
    {
        var markdown = Encoding.UTF8.GetString(Bytes(text, Format.Markdown));
        var page = new HtmlParser().ParseDocument(Markdown.ToHtml(markdown, Tables));

        Assert.Empty(page.All.Select(e => e.LocalName).Except(MarkdownElements));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name != "style" && !(a.Name == "href" && a.Value.StartsWith("https://a.example/", StringComparison.Ordinal))));
        var tables = page.QuerySelectorAll("table");
        Assert.Equal(2, tables.Length);
        Assert.All(tables, t => Assert.Single(t.QuerySelectorAll("tr").Select(r => r.ChildElementCount).Distinct()));
        // The text stands in a cell as it is: none of it became markup.
        var cells = tables[1].QuerySelectorAll("td");
        Assert.Equal(6, cells.Length);
        Assert.Equal(Shown(SafeText.Clean(text)), Shown(cells[1].TextContent));
        Assert.Empty(cells[1].Children);
    }

    private static void CheckJson(string text)
    {
        var report = ReportMaterials.WithText(text);
        var json = ReportMaterials.BytesAsync(report, Format.Json).GetAwaiter().GetResult();

        Assert.Equal(report, ProgressReport.Parser.ParseJson(Encoding.UTF8.GetString(json)));
    }

    private static void Valid(string text, Format format, Func<Stream, OpenXmlPackage> open)
    {
        foreach (var audience in new[] { Audience.Board, Audience.Public })
        {
            using var package = open(new MemoryStream(Bytes(text, format, audience)));
            var errors = Validator.Validate(package, TestContext.Current.CancellationToken)
                .Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}").ToArray();
            Assert.True(errors.Length == 0, string.Join('\n', errors.Take(5)));
        }
    }

    private static byte[] Bytes(string text, Format format, Audience audience = Audience.Board) =>
        ReportMaterials.BytesAsync(ReportMaterials.WithText(text, audience), format).GetAwaiter().GetResult();
}
