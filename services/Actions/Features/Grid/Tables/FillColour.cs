using System.Globalization;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>Reads the fill of a status cell. Only plain red, amber, green and blue are told: what is between them says nothing.</summary>
internal static class FillColour
{
    /// <summary>The status word of a fill <c>rrggbb</c>; null where it is none of the plain colours.</summary>
    public static string? Status(string fill)
    {
        if (fill.Length != 6 || !int.TryParse(fill, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
            return null;

        var (red, green, blue) = (rgb >> 16, (rgb >> 8) & 255, rgb & 255);
        var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        // Too pale or too dark to be one of them.
        if (most < 90 || most - least < 60)
            return null;

        var hue = most == red ? 60.0 * (green - blue) / (most - least)
            : most == green ? 120 + (60.0 * (blue - red) / (most - least))
            : 240 + (60.0 * (red - green) / (most - least));
        return ((hue + 360) % 360) switch
        {
            < 18 or > 345 => "Red",
            > 26 and < 64 => "Amber",
            > 80 and < 165 => "Green",
            _ => null,
        };
    }
}
