using System.Globalization;
using System.Text.RegularExpressions;

namespace PlanServices.ServiceDefaults.Text;

/// <summary>The fill of a status on a page, and the ink that can be read on it.</summary>
public static partial class StatusFill
{
    private const string Unknown = "#e6e6e6";

    /// <summary>
    /// The declarations for a fill of the form <c>#rrggbb</c>; grey where it is of another form. The ink is black or white, whichever
    /// has the higher contrast (WCAG 2.2: relative luminance); it is 4.5:1 at the least on any fill.
    /// </summary>
    public static string Css(string? colour)
    {
        var (fill, ink) = Of(colour);
        return $"background:{fill};color:{ink}";
    }

    /// <summary>The same for pages that are no web pages: both of the form <c>#rrggbb</c>.</summary>
    public static (string Fill, string Ink) Of(string? colour)
    {
        var fill = colour is not null && Colour().IsMatch(colour) ? colour : Unknown;
        // Where contrast with black and with white are equal: (L + 0.05)² = 1.05 × 0.05.
        return (fill, Luminance(fill) > 0.179 ? "#000000" : "#ffffff");
    }

    private static double Luminance(string fill) =>
        (0.2126 * Channel(fill, 1)) + (0.7152 * Channel(fill, 3)) + (0.0722 * Channel(fill, 5));

    private static double Channel(string fill, int at)
    {
        var value = int.Parse(fill.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z")]
    private static partial Regex Colour();
}
