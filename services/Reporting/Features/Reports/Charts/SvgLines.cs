using System.Globalization;
using System.Text;

namespace PlanServices.Reporting.Features.Reports.Charts;

/// <summary>Lines over the periods as SVG. Each point carries its status's letter, and no two lines the same dashes.</summary>
internal static class SvgLines
{
    private const int Width = 720;
    private const int Height = 300;
    private const int Left = 44;
    private const int Right = 150;
    private const int Top = 16;
    private const int Bottom = 34;
    private const int LabelHeight = 17;

    private static readonly string[] Dashes = ["", "7 3", "2 3", "9 3 2 3", "12 4", "4 4", "1 4", "14 3 3 3"];

    public static string Of(ChartData chart)
    {
        var most = Math.Max(chart.Series.Max(s => s.Values.Max()), 1);
        var tick = Tick(most);
        var top = (most + tick - 1) / tick * tick;
        var svg = new StringBuilder();
        Svg.Open(svg, chart, Width, Height);
        for (var value = 0; value <= top; value += tick)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value, top):0.#}\" y2=\"{Y(value, top):0.#}\" stroke=\"currentColor\" stroke-opacity=\".2\"/>");
            Svg.Text(svg, Left - 8, Y(value, top) + 4, $"{value}", "end");
        }

        for (var i = 0; i < chart.Categories.Count; i++)
            Svg.Text(svg, X(i, chart), Height - 10, Svg.Shorten(chart.Categories[i], chart.Categories.Count > 6 ? 8 : 16), "middle");

        foreach (var (series, i) in chart.Series.Select((s, i) => (s, i)))
            Line(svg, chart, series, top, Dashes[i % Dashes.Length]);

        Labels(svg, chart, top);
        return svg.Append("</svg>").ToString();
    }

    private static void Line(StringBuilder svg, ChartData chart, ChartSeries series, int top, string dash)
    {
        var points = string.Join(' ', series.Values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{X(i, chart):0.#},{Y(v, top):0.#}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>");
        foreach (var (value, i) in series.Values.Select((v, i) => (v, i)))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(i, chart):0.#}\" cy=\"{Y(value, top):0.#}\" r=\"9\" fill=\"{series.Mark.Fill}\" stroke=\"#33404d\"/>");
            Svg.Text(svg, X(i, chart), Y(value, top) + 4, series.Mark.Symbol, "middle", series.Mark.Ink, 11);
        }
    }

    // Beside the last points, moved apart where they would cover each other.
    private static void Labels(StringBuilder svg, ChartData chart, int top)
    {
        var y = double.PositiveInfinity;
        foreach (var series in chart.Series.OrderBy(s => s.Values[^1]))
        {
            y = Math.Min(y - LabelHeight, Y(series.Values[^1], top) + 4);
            Svg.Text(svg, Width - Right + 18, y, $"{Svg.Shorten(series.Mark.Label, 14)} {series.Values[^1]}", "start");
        }
    }

    private static double X(int i, ChartData chart) =>
        Left + 20 + ((Width - Left - Right - 40.0) * i / Math.Max(chart.Categories.Count - 1, 1));

    private static double Y(int value, int top) => Top + ((Height - Top - Bottom) * (1 - ((double)value / top)));

    private static int Tick(int most)
    {
        var tick = 1;
        while (most / tick > 5)
            tick = tick.ToString(CultureInfo.InvariantCulture)[0] == '2' ? tick / 2 * 5 : tick * 2;

        return tick;
    }
}
