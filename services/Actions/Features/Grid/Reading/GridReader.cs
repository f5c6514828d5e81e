using PlanServices.Actions.Features.Grid.Tables;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>
/// Reads progress grids, damaged as they come. Never invents: what the page lost stays unspecified, the raw cell is kept, and every
/// repair is a diagnostic. The stages are split into pages or records, align columns, tell refs and themes, assemble rows, interpret
/// cells.
/// </summary>
internal static class GridReader
{
    internal const string NoHeading =
        "No row names the columns of a progress grid: a ref or title, leads, activities, status or opportunities are looked for.";

    /// <summary>Reads tab-separated text that was pulled from a PDF.</summary>
    /// <exception cref="UnreadableGridException">It is no grid.</exception>
    public static GridReading ReadText(string text, GridContext context, Findings findings)
    {
        var pages = TextPages.Split(text, Findings.Unheard());
        if (pages.Count == 0)
            throw new UnreadableGridException(NoHeading);

        var columns = pages.SelectMany(p => Alignment.Columns(p.Headings)).ToHashSet();
        // The fullest heading: what a page lost of it may stand in a cell.
        var headings = pages.SelectMany(p => p.Headings.Zip(Alignment.Columns(p.Headings)))
            .GroupBy(h => h.Second)
            .ToDictionary(g => g.Key, g => g.MaxBy(h => h.First.Length).First);
        return GridReading.Of(new GridRows(Rows, columns, headings), context, findings);

        IEnumerable<RawRow> Rows(Findings found) =>
            RowRepair.Whole(TextPages.Split(text, found).SelectMany(p => Alignment.Align(p, found)), found);
    }

    /// <summary>Reads a table with a header row.</summary>
    /// <param name="records">Its records, which are gone through more than once.</param>
    /// <param name="context">What is known of the plan.</param>
    /// <param name="findings">What was found so far.</param>
    /// <exception cref="UnreadableGridException">It is no grid.</exception>
    public static GridReading ReadTable(IEnumerable<TableRecord> records, GridContext context, Findings findings)
    {
        var table = new TableRows(records);
        return GridReading.Of(
            new GridRows(found => RowRepair.Whole(table.Read(found), found), table.Columns.ToHashSet(), new Dictionary<GridColumn, string>()),
            context,
            findings);
    }
}
