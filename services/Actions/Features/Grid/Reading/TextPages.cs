namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>A line of the text, its cells as they stood there.</summary>
internal sealed record TextLine(int Number, string[] Cells);

/// <summary>A page: the heading that it printed, and the rows below it.</summary>
internal sealed record TextPage(string[] Headings, List<TextLine> Rows);

/// <summary>First stage: takes text that was pulled from a PDF apart into pages, at their headings.</summary>
internal static class TextPages
{
    /// <summary>Fewer named columns than this make no heading: a row may well say "Update" or "Progress".</summary>
    private const int LeastNamed = 3;

    public static List<TextPage> Split(string text, Findings findings)
    {
        List<TextPage> pages = [];
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace())
                continue;

            var cells = line.ToString().Split('\t');
            for (var i = 0; i < cells.Length; i++)
                cells[i] = cells[i].Trim();

            if (HeaderLabels.IsLegend(cells))
                continue;

            if (IsHeading(cells))
                pages.Add(new TextPage(cells, []));
            else if (cells.Count(c => c.Length > 0) < 2)
                Skip(cells, number, findings);
            else if (pages.Count > 0)
                pages[^1].Rows.Add(new TextLine(number, cells));
            else
                findings.Warn("LINE_SKIPPED", number, "", string.Join(' ', cells), "", "The line stands before any heading; it was left out.");
        }

        return pages;
    }

    private static bool IsHeading(string[] cells)
    {
        var named = cells.Select(HeaderLabels.Find).OfType<GridColumn>().Distinct().Count();
        return named >= LeastNamed && cells.All(c => c.Length <= 300);
    }

    // A page number, a stray letter, a note that the page is blank: nothing is lost with them. Other text may be a row's.
    private static void Skip(string[] cells, int number, Findings findings)
    {
        var text = string.Concat(cells);
        if (text.Length <= 4 || text.Contains("intentionally left blank", StringComparison.OrdinalIgnoreCase))
            return;

        findings.Warn("LINE_SKIPPED", number, "", text, "", "The line has one cell only and belongs to no row; it was left out.");
    }
}
