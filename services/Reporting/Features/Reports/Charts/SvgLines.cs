using System.Globalization;
using System.Text;

namespace PlanServices.Reporting.Features.Reports.Charts;

/// <summary>
/// Lines over the periods as SVG. Each point carries its status's letter, and no two lines the same dashes. Points that would cover each
/// other stand side by side; the points of the first line, red, are drawn last and so above all others.
/// </summary>
internal static class SvgLines
{
    private const int Width = 720;
    private const int Height = 300;
    private const int Left = 44;
    private const int Right = 150;
    private const int Top = 16;
    private const int Bottom = 34;
    private const int LabelHeight = 17;
    private const int Radius = 9;

    // Room on both sides for points that stand side by side.
    private const int Inset = 62;

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

        var places = Places(chart, top);
        foreach (var (line, i) in places.Select((p, i) => (p, i)))
            Line(svg, line, Dashes[i % Dashes.Length]);
        foreach (var (series, i) in chart.Series.Select((s, i) => (s, i)).Reverse())
            Points(svg, series, places[i]);

        Labels(svg, chart, top);
        return svg.Append("</svg>").ToString();
    }

    // Where each line's points stand.
    private static (double X, double Y)[][] Places(ChartData chart, int top)
    {
        (double X, double Y)[][] places = [.. chart.Series.Select(s => s.Values.Select((v, i) => (X(i, chart), Y(v, top))).ToArray())];
        var step = chart.Categories.Count > 1 ? X(1, chart) - X(0, chart) : Width;
        for (var i = 0; i < chart.Categories.Count; i++)
        {
            List<(double X, double Y)[]> together = [];
            foreach (var line in places.OrderBy(p => p[i].Y))
            {
                if (together.Count > 0 && line[i].Y - together[^1][i].Y >= 2 * Radius)
                    Spread(together, i, step);
                together.Add(line);
            }

            Spread(together, i, step);
        }

        return places;
    }

    private static void Spread(List<(double X, double Y)[]> together, int i, double step)
    {
        var apart = Math.Min((2 * Radius) + 2, Math.Min(step, 2 * Inset) / together.Count);
        foreach (var (line, place) in together.Select((l, n) => (l, n)))
            line[i].X += (place - ((together.Count - 1) / 2.0)) * apart;

        together.Clear();
    }

    private static void Line(StringBuilder svg, (double X, double Y)[] places, string dash)
    {
        var points = string.Join(' ', places.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>");
    }

    private static void Points(StringBuilder svg, ChartSeries series, (double X, double Y)[] places)
    {
        foreach (var (x, y) in places)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{Radius}\" fill=\"{series.Mark.Fill}\" stroke=\"#33404d\"/>");
            Svg.Text(svg, x, y + 4, series.Mark.Symbol, "middle", series.Mark.Ink, 11);
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
        Left + Inset + ((Width - Left - Right - (2.0 * Inset)) * i / Math.Max(chart.Categories.Count - 1, 1));

    private static double Y(int value, int top) => Top + ((Height - Top - Bottom) * (1 - ((double)value / top)));

    private static int Tick(int most)
    {
        var tick = 1;
        while (most / tick > 5)
            tick = tick.ToString(CultureInfo.InvariantCulture)[0] == '2' ? tick / 2 * 5 : tick * 2;

        return tick;
    }
}
