namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>
/// The rows of a grid before anything is understood, whole and settled. They can be gone through as often as need be, so that nobody keeps
/// the rows of a large file.
/// </summary>
/// <param name="Read">Goes through the rows; what is found on the way is told.</param>
/// <param name="Columns">The columns that the grid has.</param>
/// <param name="Headings">The heading of each column, where a page may have left some of it in a cell.</param>
internal sealed record GridRows(
    Func<Findings, IEnumerable<RawRow>> Read, IReadOnlySet<GridColumn> Columns, IReadOnlyDictionary<GridColumn, string> Headings);

/// <summary>What of a row tells its ref, its theme and who is to be looked up, kept for the whole grid.</summary>
internal sealed record RowMark(int Line, string Theme, string Ref, string TitleRef, string OpccLeads, string DeliveryLeads)
{
    /// <summary>The marks of all rows; what many rows say is kept once.</summary>
    public static List<RowMark> All(IEnumerable<RawRow> rows)
    {
        HashSet<string> said = [];
        return
        [
            .. rows.Select(row => new RowMark(
                row.Line,
                Once(row[GridColumn.Theme]),
                row[GridColumn.Ref],
                row[GridColumn.TitleRef],
                Once(row[GridColumn.OpccLeads]),
                Once(row[GridColumn.DeliveryLeads]))),
        ];

        string Once(string cell)
        {
            if (said.TryGetValue(cell, out var known))
                return known;

            said.Add(cell);
            return cell;
        }
    }
}
