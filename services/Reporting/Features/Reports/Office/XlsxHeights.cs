using DocumentFormat.OpenXml.Spreadsheet;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>
/// How high a row is: not every program looks at its texts before it shows them, and some cut them off at the height of one line.
/// </summary>
internal static class XlsxHeights
{
    // In points. Excel takes rows of up to 409.
    private const double LineHeight = 13;
    private const double TitleHeight = 24;
    private const double Highest = 409;

    public static double Of(IReadOnlyList<Cell> cells, IReadOnlyList<double> widths)
    {
        if (cells.Any(c => c.StyleIndex?.Value == XlsxStyles.Title))
            return TitleHeight;

        var lines = 1;
        for (var i = 0; i < Math.Min(cells.Count, widths.Count); i++)
        {
            if (cells[i].InlineString is { } text && cells[i].StyleIndex?.Value != XlsxStyles.Plain)
                lines = Math.Max(lines, Lines(text.InnerText, widths[i]));
        }

        return Math.Min(Highest, (lines * LineHeight) + 2);
    }

    // A column's width is in digits; of letters there is room for more, less what the breaks between words leave empty.
    private static int Lines(ReadOnlySpan<char> text, double width)
    {
        var lines = 0;
        foreach (var line in text.Split('\n'))
            lines += 1 + (int)(text[line].Length / (width * 1.15));

        return lines;
    }
}
