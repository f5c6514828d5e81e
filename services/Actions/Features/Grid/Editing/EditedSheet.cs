using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Grid.Tables;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>One row of a grid that was exported and edited.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Ref">The leaf's ref.</param>
/// <param name="Etag">What its <see cref="RowEtag"/> says.</param>
/// <param name="Cells">The cells under <see cref="GridCells.UpdateHeadings"/>; null where the column was taken out.</param>
/// <param name="Shown">The cells under <see cref="GridCells.ActionColumns"/>; null where the column was taken out.</param>
internal sealed record EditedRow(int Line, string Ref, string Etag, IReadOnlyList<string?> Cells, IReadOnlyList<string?> Shown);

/// <summary>
/// A grid that was exported here, which its column of etags gives away. Nothing in it is damaged: cells are taken as they stand.
/// </summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Found">What is to be said of it as a file, and of rows that are none.</param>
internal sealed record EditedSheet(IReadOnlyList<EditedRow> Rows, IReadOnlyList<Diagnostic> Found)
{
    /// <summary>True where a table was exported here.</summary>
    public static bool Is(IEnumerable<TableRecord> records) => records.Take(20).Any(IsHeader);

    /// <param name="records">The records of the file.</param>
    /// <param name="findings">What was found of the file so far.</param>
    /// <exception cref="UnreadableGridException">It has no column of refs, or two of a kind.</exception>
    public static EditedSheet Read(IEnumerable<TableRecord> records, Findings findings)
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

                (refs, etags) = (IndexOf(record, GridCells.RefHeading), Named(record, GridCells.EtagHeading)[0]);
                columns = [.. GridCells.UpdateHeadings.Select(h => IndexOf(record, h))];
                foreach (var heading in GridCells.UpdateHeadings.Where((_, i) => columns[i] < 0))
                    findings.Warn("COLUMN_MISSING", record.Line, heading, "", "", $"No column is named '{heading}'; what stands there in the plan stays.", 1);
                shown = [.. GridCells.ActionColumns.Select(c => IndexOf(record, c.Heading))];
                if (refs < 0)
                    throw new UnreadableGridException($"It has a column '{GridCells.EtagHeading}' and none named '{GridCells.RefHeading}'.");
                continue;
            }

            if (Cell(record, refs).Trim() is { Length: > 0 } reference)
                rows.Add(new EditedRow(record.Line, reference, Cell(record, etags).Trim(), Texts(record, columns), Texts(record, shown)));
            else if (record.Cells.FirstOrDefault(c => !string.IsNullOrWhiteSpace(c)) is { } text)
                findings.Error("ROW_WITHOUT_REF", record.Line, "ref", text, "The row has no ref, so nobody knows whose it is; it was left out.");
        }

        return new EditedSheet(rows, findings.InOrder());

        static List<string?> Texts(TableRecord record, int[] columns) => [.. columns.Select(c => c < 0 ? null : Text(Cell(record, c)))];
    }

    /// <summary>A cell's text with the line ends that a lead's text has, whatever the program that saved it writes.</summary>
    public static string Text(string cell) => SpreadsheetCell.Restore(cell).ReplaceLineEndings("\n");

    private static bool IsHeader(TableRecord record) => Named(record, GridCells.EtagHeading).Length > 0;

    // A column that was renamed is known by the usual words for it; beside one of the very name such a column is somebody's own.
    private static int IndexOf(TableRecord record, string heading)
    {
        var columns = Named(record, heading);
        if (columns.Length == 0 && HeaderLabels.Find(heading) is { } meant)
            columns = [.. Enumerable.Range(0, record.Cells.Count).Where(i => HeaderLabels.Find(record.Cells[i]) == meant)];
        return columns.Length <= 1
            ? columns.FirstOrDefault(-1)
            : throw new UnreadableGridException(
                $"More than one column may be '{heading}': '{string.Join("', '", columns.Select(c => record.Cells[c].Trim()))}'.");
    }

    private static int[] Named(TableRecord record, string heading) =>
        [.. Enumerable.Range(0, record.Cells.Count).Where(i => string.Equals(record.Cells[i].Trim(), heading, StringComparison.OrdinalIgnoreCase))];

    private static string Cell(TableRecord record, int column) => column >= 0 && column < record.Cells.Count ? record.Cells[column] : "";
}
