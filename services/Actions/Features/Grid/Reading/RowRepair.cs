namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Third stage: puts back in its place what slipped into a neighbouring cell or row.</summary>
internal static class RowRepair
{
    private static readonly GridColumn[] RunningOn = [GridColumn.Narrative, GridColumn.Opportunities];

    /// <summary>Joins rows that a page's end cut in two, a row of running text only going on the row before, and settles each.</summary>
    public static IEnumerable<RawRow> Whole(IEnumerable<RawRow> rows, Findings findings)
    {
        RawRow? before = null;
        foreach (var row in rows)
        {
            if (before is not null && IsRest(row))
            {
                Join(before, row, findings);
                continue;
            }

            if (before is not null)
                yield return Settle(before, findings);
            before = row;
        }

        if (before is not null)
            yield return Settle(before, findings);
    }

    private static void Join(RawRow before, RawRow row, Findings findings)
    {
        before.EndsPage = row.EndsPage;
        foreach (var column in RunningOn)
        {
            if (row[column].Length == 0)
                continue;

            before[column] = $"{before[column]} {row[column]}".Trim();
            findings.Warn(
                "ROW_JOINED", row.Line, column.PlainName(), row[column], "", "The row has running text only; it was taken for the rest of the row before.", 0.8);
            findings.Warn(
                "ROW_JOINED", before.Line, column.PlainName(), row[column], "", $"The text of line {row.Line} was taken for the rest of this row's.", 0.8);
        }
    }

    // A ref that leaked into the title cell, and a theme's name that is cut by a column's edge.
    private static RawRow Settle(RawRow row, Findings findings)
    {
        var title = row[GridColumn.Title];
        if (title.Length > 0 && RefText.LooksLikeRef(title))
        {
            findings.Info("REF_IN_TITLE", row.Line, "title", title, "", "The title cell holds a ref only; the row has no title of its own.", 0.95);
            row[GridColumn.Title] = "";
        }

        // "Offend" | "ers O3": the name, cut by the column's edge, and the ref behind it.
        var beside = row[GridColumn.TitleRef];
        var words = beside.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || (RefText.LooksLikeRef(beside) && !words[0].All(char.IsAsciiLetterLower)))
            return row;

        var last = RefText.LooksLikeRef(words[^1]) ? words[^1] : "";
        row[GridColumn.TitleRef] = last;
        row[GridColumn.Theme] += string.Join(' ', last.Length > 0 ? words[..^1] : words);
        return row;
    }

    private static bool IsRest(RawRow row) =>
        row[GridColumn.Ref].Length == 0 && row[GridColumn.TitleRef].Length == 0 && row[GridColumn.Title].Length == 0
        && row[GridColumn.OpccLeads].Length == 0 && row[GridColumn.DeliveryLeads].Length == 0 && row[GridColumn.Status].Length == 0
        && Array.Exists(RunningOn, c => row[c].Length > 0);
}
