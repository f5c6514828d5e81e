using System.Xml;
using AngleSharp.Html.Parser;
using CsCheck;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.Reporting.V1;
using Xunit;

namespace PlanServices.Reporting.Tests.Features.Reports;

/// <summary>Whatever a text contains, each format stays whole, and the text stays text.</summary>
public class AnyTextTests
{
    private static readonly string[] Awkward =
    [
            "<script>alert(1)</script>", "]]><w:p/>", "=1+1", "@SUM(A1)", "\u202Eevil\u202C", "\u200Fمرحبا", "a\0b\u0001\u0007c\u001Fd", "\uFFFE\uFFFF",
            "\ud83d\ude00 grin", "line\r\nline\vline\fline\u2028line", "\"&'<>`|*_[x](javascript:alert(1))", "&amp;#x1;", "javascript:alert(1)", "{{7*7}}", "​\u00ad", "\t\tx",
            "\"); }</style><script>", "&C&\"Arial\"&8", new string('x', 300),
    ];

    private static readonly Gen<string> AnyText = Gen.OneOf(Gen.String, Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]));

    private static readonly OpenXmlValidator Validator = new(FileFormatVersions.Microsoft365);

    [Fact]
    public void Docx_AnyText_IsValid() => AnyText.Sample(text => Valid(text, Format.Docx, s => WordprocessingDocument.Open(s, false)), iter: 40);

    [Fact]
    public void Xlsx_AnyText_IsValidAndExecutesNothing() => AnyText.Sample(
        text =>
        {
            Valid(text, Format.Xlsx, s => SpreadsheetDocument.Open(s, false));
            Assert.DoesNotContain("<x:f>", ReportMaterials.Everything(Bytes(text, Format.Xlsx)), StringComparison.Ordinal);
        },
        iter: 40);

    [Fact]
    public void Html_AnyText_HasNoScriptAndNoOtherElement() => AnyText.Sample(
        text =>
        {
            var page = new HtmlParser().ParseDocument(System.Text.Encoding.UTF8.GetString(Bytes(text, Format.Html)));
            Assert.Empty(page.QuerySelectorAll("script, img, iframe, object, base, link, form"));
            Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
            Assert.DoesNotContain(page.QuerySelectorAll("a"), a => !(a.GetAttribute("href") ?? "").StartsWith('#') && !a.GetAttribute("href")!.StartsWith("http", StringComparison.Ordinal));
            Assert.Contains(SafeText.Clean(text).Trim().Split('\n')[0].Trim(), page.Body!.TextContent, StringComparison.Ordinal);
        },
        iter: 60);

    [Fact]
    public void Markdown_AnyText_HasNoMarkupOfItsOwn() => AnyText.Sample(
        text =>
        {
            var page = System.Text.Encoding.UTF8.GetString(Bytes(text, Format.Markdown))
                .Replace("<br>", "", StringComparison.Ordinal).Replace("<ins>", "", StringComparison.Ordinal).Replace("</ins>", "", StringComparison.Ordinal);
            Assert.DoesNotContain('<', page);
            // Each row of a table has as many cells as its headings, whatever is in them.
            var cells = page.Split('\n').Where(l => l.StartsWith('|')).Select(l => l.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|')).ToList();
            Assert.Equal(7, cells[^1]);
            Assert.Equal(2, cells.Distinct().Count());
        },
        iter: 60);

    [Fact]
    public void Clean_AnyText_IsXmlAndStaysTheSame() => Gen.String.Sample(text =>
    {
        var clean = SafeText.Clean(text);
        Assert.Equal(clean, XmlConvert.VerifyXmlChars(clean));
        Assert.Equal(clean, SafeText.Clean(clean));
    });

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
