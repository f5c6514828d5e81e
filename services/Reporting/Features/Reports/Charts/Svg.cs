using System.Globalization;
using System.Net;
using System.Text;

namespace PlanServices.Reporting.Features.Reports.Charts;

/// <summary>What the pictures have in common: a title and a text alternative, and texts that are no markup.</summary>
internal static class Svg
{
    public static void Open(StringBuilder svg, ChartData chart, int width, int height) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Encode($"{chart.Title}. {chart.Alternative}")}\" font-size=\"13\">");

    public static void Text(StringBuilder svg, double x, double y, string text, string anchor, string ink = "currentColor", int size = 13) => svg.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{ink}\" font-size=\"{size}\">{Encode(text)}</text>");

    /// <summary>A text of at most this many characters.</summary>
    public static string Shorten(string text, int most)
    {
        if (text.Length <= most)
            return text;

        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return $"{text[..end]}…";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
