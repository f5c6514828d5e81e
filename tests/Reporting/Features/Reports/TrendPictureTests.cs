using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using PlanServices.Reporting.Features.Reports.Charts;
using PlanServices.Reporting.Features.Reports.Office;
using PlanServices.Reporting.Features.Reports.Pages;
using Xunit;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace PlanServices.Reporting.Tests.Features.Reports;

/// <summary>In the picture of the periods red is never hidden, whatever numbers are equal.</summary>
public sealed class TrendPictureTests
{
    private const string Red = "#cc0000";

    private static readonly ChartData Tied = new(
        "Status over the periods",
        ["July", "October"],
        [Series("R", Red, 2, 1), Series("A", "#ffaa00", 2, 1), Series("G", "#00aa00", 20, 20), Series("W", "#ffffff", 2, 1), Series("–", "#eeeeee", 3, 1)],
        "Words.");

    [Fact]
    public void Svg_EqualNumbers_StandSideBySideWithRedAboveAll()
    {
        var circles = new HtmlParser().ParseDocument(SvgLines.Of(Tied)).QuerySelectorAll("circle")
            .Select(c => (X: Number(c, "cx"), Y: Number(c, "cy"), R: Number(c, "r"), Fill: c.GetAttribute("fill"))).ToArray();

        Assert.Equal(10, circles.Length);
        Assert.Equal([Red, Red], circles[^2..].Select(c => c.Fill));
        foreach (var (one, i) in circles.Select((c, i) => (c, i)))
            Assert.All(circles[(i + 1)..], other => Assert.True(Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2)) >= 2 * one.R, $"{one} covers {other}"));

        static double Number(AngleSharp.Dom.IElement circle, string name) => double.Parse(circle.GetAttribute(name)!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Svg_TwelvePeriodsOfEqualNumbers_StayInThePictureAndApart()
    {
        string[] periods = [.. Enumerable.Range(1, 12).Select(i => $"P{i}")];
        var data = new ChartData("Status", periods, [.. "RAGWCN–".Select(c => Series($"{c}", c == 'R' ? Red : "#eeeeee", [.. periods.Select(_ => 1)]))], "Words.");

        var circles = new HtmlParser().ParseDocument(SvgLines.Of(data)).QuerySelectorAll("circle").ToArray();

        Assert.Equal(7 * 12, circles.Select(c => c.GetAttribute("cx")).Distinct().Count());
        Assert.All(circles, c => Assert.InRange(double.Parse(c.GetAttribute("cx")!, System.Globalization.CultureInfo.InvariantCulture), 44, 588));
        Assert.All(circles[^12..], c => Assert.Equal(Red, c.GetAttribute("fill")));
    }

    [Fact]
    public void Office_EqualNumbers_RedIsDrawnLastSmallestAndLabelled()
    {
        using var package = SpreadsheetDocument.Create(new MemoryStream(), DocumentFormat.OpenXml.SpreadsheetDocumentType.Workbook);
        var part = package.AddWorkbookPart().AddNewPart<WorksheetPart>().AddNewPart<DrawingsPart>().AddNewPart<ChartPart>();
        OfficeChart.Fill(part, Tied, lines: true);

        var lines = part.ChartSpace!.Descendants<C.LineChartSeries>().ToArray();
        Assert.Equal(lines, lines.OrderBy(l => l.GetFirstChild<C.Order>()!.Val!.Value));
        Assert.Contains("R R", lines[^1].InnerText, StringComparison.Ordinal);
        Assert.Equal(lines.Length, lines.Select(l => l.Descendants<C.Size>().Single().Val!.Value).Distinct().Count());
        Assert.Equal(lines[^1], lines.MinBy(l => l.Descendants<C.Size>().Single().Val!.Value));
        // Of the numbers that are equal at the end, red's is written.
        Assert.Equal(["R", "G"], Tied.Series.Where(OfficeChartLabels.Apart(Tied).Contains).Select(s => s.Mark.Symbol));
    }

    private static ChartSeries Series(string letter, string fill, params int[] values) => new(new StatusMark(letter, letter, fill, "#000000"), values);
}
