using DocumentFormat.OpenXml.Packaging;
using PlanServices.Reporting.Features.Reports.Charts;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>
/// A picture as Word and Excel draw it themselves: sharp at any size, and without a font or a graphics library on the server. Its numbers
/// are in the picture; there is no workbook behind it that could say more than the page.
/// </summary>
internal static class OfficeChart
{
    public const string Uri = "http://schemas.openxmlformats.org/drawingml/2006/chart";
    private const uint CategoryAxis = 1;
    private const uint ValueAxis = 2;

    // In points.
    private const uint SmallestMarker = 7;

    public static void Fill(ChartPart part, ChartData data, bool lines)
    {
        var plot = new C.PlotArea(new C.Layout());
        plot.Append(lines ? Lines(data) : Bars(data));
        plot.Append(
            new C.CategoryAxis(
                new C.AxisId { Val = CategoryAxis },
                // Bars are drawn upwards; the themes read downwards.
                new C.Scaling(new C.Orientation { Val = lines ? C.OrientationValues.MinMax : C.OrientationValues.MaxMin }),
                new C.Delete { Val = false },
                new C.AxisPosition { Val = lines ? C.AxisPositionValues.Bottom : C.AxisPositionValues.Left },
                new C.NumberingFormat { FormatCode = "General", SourceLinked = false },
                new C.MajorTickMark { Val = C.TickMarkValues.None },
                new C.MinorTickMark { Val = C.TickMarkValues.None },
                new C.TickLabelPosition { Val = C.TickLabelPositionValues.Low },
                new C.CrossingAxis { Val = ValueAxis },
                new C.Crosses { Val = C.CrossesValues.AutoZero }),
            new C.ValueAxis(
                new C.AxisId { Val = ValueAxis },
                new C.Scaling(new C.Orientation { Val = C.OrientationValues.MinMax }),
                new C.Delete { Val = false },
                new C.AxisPosition { Val = lines ? C.AxisPositionValues.Left : C.AxisPositionValues.Bottom },
                new C.MajorGridlines(Outline("D9D9D9")),
                new C.NumberingFormat { FormatCode = "0", SourceLinked = false },
                new C.MajorTickMark { Val = C.TickMarkValues.None },
                new C.MinorTickMark { Val = C.TickMarkValues.None },
                new C.TickLabelPosition { Val = C.TickLabelPositionValues.NextTo },
                new C.CrossingAxis { Val = CategoryAxis },
                new C.Crosses { Val = lines ? C.CrossesValues.AutoZero : C.CrossesValues.Maximum }));
        part.ChartSpace = new C.ChartSpace(
            new C.EditingLanguage { Val = OfficePackage.Language },
            new C.RoundedCorners { Val = false },
            new C.Chart(
                new C.Title(
                    new C.ChartText(new C.RichText(
                        new A.BodyProperties(),
                        new A.ListStyle(),
                        new A.Paragraph(new A.Run(new A.RunProperties { Language = OfficePackage.Language, FontSize = 1100, Bold = true }, new A.Text(data.Title))))),
                    new C.Overlay { Val = false }),
                new C.AutoTitleDeleted { Val = false },
                plot,
                new C.Legend(new C.LegendPosition { Val = C.LegendPositionValues.Bottom }, new C.Overlay { Val = false }),
                new C.PlotVisibleOnly { Val = true }),
            new C.ShapeProperties(new A.SolidFill(new A.RgbColorModelHex { Val = "FFFFFF" }), new A.Outline(new A.NoFill())),
            new C.TextProperties(
                new A.BodyProperties(),
                new A.ListStyle(),
                new A.Paragraph(new A.ParagraphProperties(new A.DefaultRunProperties { FontSize = 900 }), new A.EndParagraphRunProperties { Language = OfficePackage.Language })));
    }

    private static C.BarChart Bars(ChartData data)
    {
        var chart = new C.BarChart(
            new C.BarDirection { Val = C.BarDirectionValues.Bar },
            new C.BarGrouping { Val = C.BarGroupingValues.Stacked },
            new C.VaryColors { Val = false });
        foreach (var (series, i) in data.Series.Select((s, i) => (s, (uint)i)))
        {
            chart.Append(new C.BarChartSeries(
                new C.Index { Val = i },
                new C.Order { Val = i },
                Name(series),
                new C.ChartShapeProperties(Solid(series.Mark.Fill), Line("33404D")),
                new C.InvertIfNegative { Val = false },
                OfficeChartLabels.Each(series),
                Categories(data),
                Values(series)));
        }

        chart.Append(new C.GapWidth { Val = 60 }, new C.Overlap { Val = 100 }, new C.AxisId { Val = CategoryAxis }, new C.AxisId { Val = ValueAxis });
        return chart;
    }

    private static C.LineChart Lines(ChartData data)
    {
        C.MarkerStyleValues[] shapes =
        [
            C.MarkerStyleValues.Circle, C.MarkerStyleValues.Square, C.MarkerStyleValues.Triangle, C.MarkerStyleValues.Diamond,
            C.MarkerStyleValues.X, C.MarkerStyleValues.Plus, C.MarkerStyleValues.Star, C.MarkerStyleValues.Dash,
        ];
        A.PresetLineDashValues[] dashes =
        [
            A.PresetLineDashValues.Solid, A.PresetLineDashValues.Dash, A.PresetLineDashValues.SystemDot, A.PresetLineDashValues.DashDot,
            A.PresetLineDashValues.LargeDash, A.PresetLineDashValues.SystemDash, A.PresetLineDashValues.LargeDashDot, A.PresetLineDashValues.SystemDashDotDot,
        ];
        var labelled = OfficeChartLabels.Apart(data);
        var chart = new C.LineChart(new C.Grouping { Val = C.GroupingValues.Standard }, new C.VaryColors { Val = false });
        // The last is drawn above all others: red. Markers get smaller on the way to it, so that of equal numbers each is seen.
        foreach (var (series, i) in data.Series.Select((s, i) => (s, (uint)i)).Reverse())
        {
            chart.Append(new C.LineChartSeries(
                new C.Index { Val = i },
                new C.Order { Val = (uint)data.Series.Count - 1 - i },
                Name(series),
                new C.ChartShapeProperties(new A.Outline(Solid(Dark(series.Mark.Fill)), new A.PresetDash { Val = dashes[i % dashes.Length] }) { Width = 22225 }),
                new C.Marker(
                    new C.Symbol { Val = shapes[i % shapes.Length] },
                    new C.Size { Val = (byte)(SmallestMarker + i) },
                    new C.ChartShapeProperties(Solid(series.Mark.Fill), Line("33404D"))),
                OfficeChartLabels.Last(series, labelled.Contains(series)),
                Categories(data),
                Values(series),
                new C.Smooth { Val = false }));
        }

        chart.Append(new C.ShowMarker { Val = true }, new C.AxisId { Val = CategoryAxis }, new C.AxisId { Val = ValueAxis });
        return chart;
    }

    // A status's colour as a line on white: dark enough to be seen.
    private static string Dark(string fill) => $"#{string.Concat(Convert.FromHexString(fill.AsSpan(1)).Select(part => $"{part * 55 / 100:x2}"))}";

    private static C.SeriesText Name(ChartSeries series) => new(new C.StringReference(
        new C.Formula(""),
        new C.StringCache(
            new C.PointCount { Val = 1 },
            new C.StringPoint(new C.NumericValue($"{series.Mark.Symbol} {series.Mark.Label}")) { Index = 0 })));

    private static C.CategoryAxisData Categories(ChartData data)
    {
        var literal = new C.StringLiteral(new C.PointCount { Val = (uint)data.Categories.Count });
        literal.Append(data.Categories.Select((name, i) => new C.StringPoint(new C.NumericValue(name)) { Index = (uint)i }));
        return new C.CategoryAxisData(literal);
    }

    private static C.Values Values(ChartSeries series)
    {
        var literal = new C.NumberLiteral(new C.FormatCode("General"), new C.PointCount { Val = (uint)series.Values.Count });
        literal.Append(series.Values.Select((v, i) => new C.NumericPoint(new C.NumericValue($"{v}")) { Index = (uint)i }));
        return new C.Values(literal);
    }

    public static A.SolidFill Solid(string colour) => new(new A.RgbColorModelHex { Val = OfficePackage.Rgb(colour) });

    private static A.Outline Line(string rgb) => new(new A.SolidFill(new A.RgbColorModelHex { Val = rgb })) { Width = 6350 };

    private static C.ChartShapeProperties Outline(string rgb) => new(Line(rgb));
}
