using System.Text.RegularExpressions;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Makes running text readable again: tags, bullets and spaces; what a heading left in a cell.</summary>
internal static partial class Texts
{
    private const int LeastResidue = 6;

    public static string Clean(string cell, RawRow row, GridColumn column, string heading, Findings findings)
    {
        var text = cell;
        if (Residue(text, heading) is > 0 and var length)
        {
            findings.Warn(
                "HEADING_IN_CELL", row.Line, column.PlainName(), text[..length], "", "The cell began with the end of the column's heading, which was taken out.", 0.95);
            text = text[length..];
        }

        if (Tag().IsMatch(text))
        {
            findings.Info("TAGS_REMOVED", row.Line, column.PlainName(), Tag().Match(text).Value, "", "Tags of a word processor were taken out.");
            text = Break().Replace(text, "\n");
            text = Tag().Replace(text, "");
        }

        text = Bullet().Replace(text, "\n• ");
        return Lines().Replace(Spaces().Replace(text, " "), "\n").Trim();
    }

    /// <summary>Says where a text seems to end in the middle, at its page's end.</summary>
    public static void CheckEnd(string text, RawRow row, GridColumn column, Findings findings)
    {
        if (row.EndsPage && text.Length > 40 && !Ended().IsMatch(text))
        {
            findings.Warn(
                "TEXT_CUT", row.Line, column.PlainName(), text[^Math.Min(40, text.Length)..], "",
                "The text stops in the middle at the page's end; the rest may stand in a cell of the next page.");
        }
    }

    // How many characters of the text are the end of the heading.
    private static int Residue(string text, string heading)
    {
        for (var from = 0; from + LeastResidue <= heading.Length; from++)
        {
            var end = heading.AsSpan(from);
            if ((from == 0 || !char.IsLetterOrDigit(heading[from - 1])) && text.AsSpan().StartsWith(end, StringComparison.OrdinalIgnoreCase))
                return end.Trim().Contains(' ') ? end.Length : 0;
        }

        return 0;
    }

    [GeneratedRegex("</?(?:i|b|u|em|strong|p|sup|sub|span|font|br)(?:\\s[^<>]{0,100})?\\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex("<br\\s*/?>|</p>", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex(@"(?:^|\s)(?:[•●▪■◦‣]\s*|>\s*(?=\S))")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"[^\S\n]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" *\n\s*")]
    private static partial Regex Lines();

    [GeneratedRegex(@"(?:[.!?…:;)\]""'’”]|https?://\S+|\b[A-Z]{1,3} ?[0-9.]+)\s*\z")]
    private static partial Regex Ended();
}
