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
    public static GridReading ReadText(string text, GridContext context)
    {
        var findings = new Findings();
        var pages = TextPages.Split(text, findings);
        if (pages.Count == 0)
            throw new UnreadableGridException(NoHeading);

        var rows = pages.SelectMany(p => Alignment.Align(p, findings)).ToList();
        var columns = pages.SelectMany(p => Alignment.Columns(p.Headings)).ToHashSet();
        // The fullest heading: what a page lost of it may stand in a cell.
        var headings = pages.SelectMany(p => p.Headings.Zip(Alignment.Columns(p.Headings)))
            .GroupBy(h => h.Second)
            .ToDictionary(g => g.Key, g => g.MaxBy(h => h.First.Length).First);
        return RowAssembly.Assemble(rows, columns, headings, context, findings);
    }

    /// <summary>Reads a table with a header row.</summary>
    /// <exception cref="UnreadableGridException">It is no grid.</exception>
    public static GridReading ReadTable(IEnumerable<TableRecord> records, GridContext context, Findings? found = null)
    {
        var findings = found ?? new Findings();
        var (rows, columns) = TableRows.Read(records, findings);
        return RowAssembly.Assemble(rows, columns, new Dictionary<GridColumn, string>(), context, findings);
    }
}
