using System.Globalization;
using PlanServices.Actions.V1;
using Spectre.Console;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Cli.Output;

/// <summary>How statuses and directions look in a terminal: a shape and the plan's letter, and its colour where there are colours.</summary>
internal static class StatusMarks
{
    public static string Shape(Status status) => status switch
    {
        Status.Red => "■",
        Status.Amber => "▲",
        Status.Green => "●",
        Status.NotStarted => "○",
        Status.Complete => "✓",
        Status.NotRated => "◇",
        _ => "·",
    };

    public static string Arrow(Direction direction) => direction switch
    {
        Direction.Improved => "↑",
        Direction.NoChange => "↔",
        Direction.Deteriorated => "↓",
        _ => " ",
    };

    /// <summary>Black or white on the colour of the status, whichever is read better; plain where the plan has no colour for it.</summary>
    public static Style StyleOf(StatusMeaning? meaning)
    {
        if (meaning?.Colour is not ['#', .. { Length: 6 } digits] || !int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
            return Style.Plain;

        var (r, g, b) = ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        // The weights are those of WCAG's relative luminance, without its curve: enough to choose between two.
        var light = (0.2126 * r) + (0.7152 * g) + (0.0722 * b);
        return new Style(light > 110 ? Color.Black : Color.White, new Color(r, g, b));
    }
}
