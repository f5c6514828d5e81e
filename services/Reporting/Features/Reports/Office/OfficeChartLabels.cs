using DocumentFormat.OpenXml;
using PlanServices.Reporting.Features.Reports.Charts;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>The letters and numbers in a picture.</summary>
internal static class OfficeChartLabels
{
    /// <summary>
    /// The lines whose last points are labelled: in their order, red before all others, as long as a label covers none that stands
    /// already. The number of another is in the table alone.
    /// </summary>
    public static HashSet<ChartSeries> Apart(ChartData data)
    {
        var room = data.Series.Max(s => s.Values.Max()) / 14.0;
        HashSet<ChartSeries> apart = [];
        foreach (var series in data.Series.Where(series => apart.All(a => Math.Abs(a.Values[^1] - series.Values[^1]) >= room)))
            apart.Add(series);

        return apart;
    }

    /// <summary>A letter and a number beside a line's last point.</summary>
    public static C.DataLabels Last(ChartSeries series, bool shown)
    {
        var labels = new C.DataLabels();
        if (shown)
        {
            var label = new C.DataLabel(new C.Index { Val = (uint)series.Values.Count - 1 });
            label.Append(Label(series, "#000000"));
            label.Append(new C.DataLabelPosition { Val = C.DataLabelPositionValues.Right });
            label.Append(Shows(value: true));
            labels.Append(label);
        }

        labels.Append(Shows(value: false));
        return labels;
    }

    /// <summary>A letter and a number on each layer; none on a layer of nothing.</summary>
    public static C.DataLabels Each(ChartSeries series)
    {
        var labels = new C.DataLabels(Label(series, series.Mark.Ink));
        labels.Append(Shows(value: true));
        return labels;
    }

    private static OpenXmlElement[] Label(ChartSeries series, string ink) =>
    [
        new C.NumberingFormat { FormatCode = $"\"{Letter(series)} \"0;;", SourceLinked = false },
        new C.ChartShapeProperties(new A.NoFill(), new A.Outline(new A.NoFill())),
        new C.TextProperties(
            new A.BodyProperties(),
            new A.ListStyle(),
            new A.Paragraph(
                new A.ParagraphProperties(new A.DefaultRunProperties(OfficeChart.Solid(ink)) { FontSize = 800, Bold = true }),
                new A.EndParagraphRunProperties { Language = OfficePackage.Language })),
    ];

    private static OpenXmlElement[] Shows(bool value) =>
    [
        new C.ShowLegendKey { Val = false },
        new C.ShowValue { Val = value },
        new C.ShowCategoryName { Val = false },
        new C.ShowSeriesName { Val = false },
        new C.ShowPercent { Val = false },
        new C.ShowBubbleSize { Val = false },
    ];

    // Within a number format a quotation mark or a backslash would end or bend the literal.
    private static string Letter(ChartSeries series) => series.Mark.Symbol.Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
}
