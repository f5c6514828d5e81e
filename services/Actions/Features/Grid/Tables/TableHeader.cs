using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>The record that names a grid's columns, or two: "Leads" over "OPCC" and "Delivery".</summary>
/// <param name="Columns">What each column holds.</param>
/// <param name="Lower">The second record; null where there is one only.</param>
internal sealed record TableHeader(GridColumn[] Columns, IReadOnlyList<string>? Lower)
{
    private const int FewestNames = 3;

    /// <summary>The header of a table; null where no record names a grid's columns.</summary>
    /// <exception cref="UnreadableGridException">A column is named twice.</exception>
    public static TableHeader? Find(IEnumerable<TableRecord> records)
    {
        using var from = records.SkipWhile(r => !Names(r.Cells)).GetEnumerator();
        if (!from.MoveNext())
            return null;

        var upper = from.Current.Cells;
        return from.MoveNext() && Under(upper, from.Current.Cells) is { } both
            ? new TableHeader(Once(both), from.Current.Cells)
            : new TableHeader(Once(upper), null);
    }

    /// <summary>True where a record is the header, or half of it, printed again on the next page.</summary>
    public bool Is(IReadOnlyList<string> cells) => Names(cells) || (Lower is not null && Lower.SequenceEqual(cells));

    /// <summary>True where a record names a grid's columns.</summary>
    public static bool Names(IReadOnlyList<string> cells)
    {
        // It is asked of every record, and most are no header.
        var (named, key) = (0UL, false);
        foreach (var cell in cells)
        {
            if (HeaderLabels.Find(cell) is not { } column)
                continue;

            named |= 1UL << (int)column;
            key |= column is GridColumn.Ref or GridColumn.Title;
        }

        return key && ulong.PopCount(named) >= FewestNames;
    }

    // The headings of both records where the second one names columns as well and nothing else; null where it is a row.
    private static string[]? Under(IReadOnlyList<string> upper, IReadOnlyList<string> lower)
    {
        var both = new string[Math.Max(upper.Count, lower.Count)];
        var (over, finer) = ("", 0);
        for (var i = 0; i < both.Length; i++)
        {
            var (above, below) = (Cell(upper, i), Cell(lower, i));
            // A heading over several columns stands over the first of them.
            over = above.Length > 0 ? above : over;
            if (below.Length == 0)
            {
                both[i] = above;
                continue;
            }

            if (below != above && HeaderLabels.Find(below) is null)
                return null;

            // "OPCC" over "Lead" is one heading; what stands further right under "Delivery status" has a name of its own.
            var joined = $"{over} {below}";
            var named = HeaderLabels.Find(joined);
            both[i] = below == above || named is null || (above.Length == 0 && named == HeaderLabels.Find(over)) ? below : joined;
            finer += below == above ? 0 : 1;
        }

        return finer >= 2 ? both : null;
    }

    private static string Cell(IReadOnlyList<string> cells, int at) => at < cells.Count ? cells[at].Trim() : "";

    private static GridColumn[] Once(IReadOnlyList<string> headings)
    {
        GridColumn[] columns = [.. headings.Select(h => HeaderLabels.Find(h) ?? GridColumn.Stray)];
        var twice = columns.Where(c => c != GridColumn.Stray).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is { } column
            ? throw new UnreadableGridException(
                $"The header names the column {column.PlainName()} more than once: '{string.Join("', '", headings.Where((_, i) => columns[i] == column))}'.")
            : columns;
    }
}
