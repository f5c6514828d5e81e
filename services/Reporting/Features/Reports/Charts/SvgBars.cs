using System.Globalization;
using System.Text;

namespace PlanServices.Reporting.Features.Reports.Charts;

/// <summary>Stacked bars as SVG. Each layer carries its status's letter and number.</summary>
internal static class SvgBars
{
    private const int Width = 720;
    private const int LabelWidth = 180;
    private const int BarHeight = 26;
    private const int Step = 40;

    // Narrower layers have no room for a letter and a number; the table has them.
    private const double Narrowest = 26;

    public static string Of(ChartData chart)
    {
        var most = Enumerable.Range(0, chart.Categories.Count).Max(i => chart.Series.Sum(s => s.Values[i]));
        var scale = (Width - LabelWidth - 60.0) / Math.Max(most, 1);
        var svg = new StringBuilder();
        Svg.Open(svg, chart, Width, (chart.Categories.Count * Step) + 8);
        for (var i = 0; i < chart.Categories.Count; i++)
        {
            var (x, y) = ((double)LabelWidth, 8 + (i * Step));
            Svg.Text(svg, LabelWidth - 10, y + 18, Svg.Shorten(chart.Categories[i], 24), "end");
            foreach (var series in chart.Series.Where(s => s.Values[i] > 0))
            {
                var width = series.Values[i] * scale;
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y}\" width=\"{width:0.#}\" height=\"{BarHeight}\" fill=\"{series.Mark.Fill}\" stroke=\"#33404d\"/>");
                if (width >= Narrowest)
                    Svg.Text(svg, x + (width / 2), y + 18, $"{series.Mark.Symbol} {series.Values[i]}", "middle", series.Mark.Ink);

                x += width;
            }

            Svg.Text(svg, x + 8, y + 18, $"{chart.Series.Sum(s => s.Values[i])}", "start");
        }

        return svg.Append("</svg>").ToString();
    }
}
