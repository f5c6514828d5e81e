using System.Globalization;
using System.Net;
using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Microsoft.Playwright;
using PlanServices.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace PlanServices.Dashboard.Tests.Features.Grid;

/// <summary>The grid as a file, from where a person stands.</summary>
public sealed class GridDownloadTests(Chromium chromium, SampleSuite suite)
{
    [Fact]
    public async Task Download_OfAFilteredPage_HoldsItsRowsInItsOrder()
    {
        await using var tab = await chromium.OpenAsync(suite.Address);
        await tab.GoAsync("/grid?plan=sample&period=2018-10&status=amber&sort=title");
        await Expect(tab.Page.Locator(".grid .body [role=row]").First).ToBeVisibleAsync();
        var shown = await tab.Page.Locator(".grid .body .ref").AllInnerTextsAsync();

        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Link, new() { Name = "CSV", Exact = true }).ClickAsync());
        using var text = new StreamReader(await download.PathAsync());
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        var refs = csv.GetRecords<dynamic>().Select(r => (string)r.Ref).ToArray();

        Assert.NotEmpty(refs);
        Assert.Equal(shown, refs);
        tab.AssertNoErrors();
    }

    [Fact]
    public async Task Download_AsOfficeFiles_AreWhatTheirFormatsWant()
    {
        using var client = new HttpClient { BaseAddress = suite.Address };
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(await client.GetByteArrayAsync(Address("xlsx"), Deadline.Token)), false);
        using var document = WordprocessingDocument.Open(new MemoryStream(await client.GetByteArrayAsync(Address("docx"), Deadline.Token)), false);

        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(workbook, Deadline.Token).Select(e => e.Description));
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, Deadline.Token).Select(e => e.Description));
        Assert.Contains("This paper shows 10 of 44 actions, status Amber, by title.", document.MainDocumentPart!.Document!.InnerText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/download/grid.pdf?plan=sample&period=2018-10", HttpStatusCode.NotFound)]
    [InlineData("/download/grid.csv?plan=nowhere&period=2018-10", HttpStatusCode.NotFound)]
    [InlineData("/download/grid.csv?plan=sample&period=2018-10&q=nosuchword", HttpStatusCode.NotFound)]
    public async Task Download_OfWhatIsNotThere_SaysSo(string address, HttpStatusCode status)
    {
        using var client = new HttpClient { BaseAddress = suite.Address };
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Deadline.Token);

        Assert.Equal(status, answer.StatusCode);
    }

    private static Uri Address(string format) => new($"/download/grid.{format}?plan=sample&period=2018-10&status=amber&sort=title", UriKind.Relative);
}
