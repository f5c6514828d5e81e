using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Grid.Tables;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>One row of a grid that was exported and edited.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Ref">The leaf's ref.</param>
/// <param name="Etag">The etag of the update when it was exported; empty where there was none.</param>
/// <param name="Cells">The cells under <see cref="GridCells.UpdateHeadings"/>; null where the column was taken out.</param>
/// <param name="Shown">The cells under <see cref="GridCells.ActionColumns"/>; null where the column was taken out.</param>
internal sealed record EditedRow(int Line, string Ref, string Etag, IReadOnlyList<string?> Cells, IReadOnlyList<string?> Shown);

/// <summary>
/// Reads a grid that was exported here, which its column of etags gives away. Nothing in it is damaged: cells are taken as they stand.
/// </summary>
internal static class EditedSheet
{
    /// <summary>True where a table was exported here.</summary>
    public static bool Is(IEnumerable<TableRecord> records) => records.Take(20).Any(IsHeader);

    /// <exception cref="UnreadableGridException">It has no column of refs.</exception>
    public static List<EditedRow> Read(IEnumerable<TableRecord> records)
    {
        int[]? columns = null;
        int[] shown = [];
        var (refs, etags) = (-1, -1);
        List<EditedRow> rows = [];
        foreach (var record in records)
        {
            if (columns is null)
            {
                if (!IsHeader(record))
                    continue;

                (refs, etags) = (IndexOf(record, GridCells.RefHeading), IndexOf(record, GridCells.EtagHeading));
                columns = [.. GridCells.UpdateHeadings.Select(h => IndexOf(record, h))];
                shown = [.. GridCells.ActionColumns.Select(c => IndexOf(record, c.Heading))];
                if (refs < 0)
                    throw new UnreadableGridException($"It has a column '{GridCells.EtagHeading}' and none named '{GridCells.RefHeading}'.");
                continue;
            }

            if (Cell(record, refs).Trim() is { Length: > 0 } reference)
                rows.Add(new EditedRow(record.Line, reference, Cell(record, etags).Trim(), Texts(record, columns), Texts(record, shown)));
        }

        return rows;

        static List<string?> Texts(TableRecord record, int[] columns) => [.. columns.Select(c => c < 0 ? null : Text(Cell(record, c)))];
    }

    /// <summary>A cell's text with the line ends that a lead's text has, whatever the program that saved it writes.</summary>
    public static string Text(string cell) => SpreadsheetCell.Restore(cell).ReplaceLineEndings("\n");

    private static bool IsHeader(TableRecord record) => IndexOf(record, GridCells.EtagHeading) >= 0;

    private static int IndexOf(TableRecord record, string heading)
    {
        for (var i = 0; i < record.Cells.Count; i++)
        {
            if (string.Equals(record.Cells[i].Trim(), heading, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    private static string Cell(TableRecord record, int column) => column >= 0 && column < record.Cells.Count ? record.Cells[column] : "";
}
