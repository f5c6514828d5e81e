using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>First stage of a table with a header: its rows, by named columns in any order.</summary>
internal sealed class TableRows
{
    private readonly IEnumerable<TableRecord> _records;
    private readonly GridColumn[] _columns;

    /// <param name="records">The table's records, which are gone through each time that its rows are.</param>
    /// <exception cref="UnreadableGridException">No record names a grid's columns, or one is named twice.</exception>
    public TableRows(IEnumerable<TableRecord> records)
    {
        _records = records;
        _columns = records.Select(r => Header(r.Cells)).FirstOrDefault(h => h is not null) ?? throw new UnreadableGridException(GridReader.NoHeading);
    }

    /// <summary>What each column holds.</summary>
    public IReadOnlyList<GridColumn> Columns => _columns;

    /// <summary>Goes through the rows under the header.</summary>
    /// <exception cref="UnreadableGridException">A header below names a column twice.</exception>
    public IEnumerable<RawRow> Read(Findings findings)
    {
        // Titles and notes may stand above the header; on the next page it may be printed again.
        foreach (var record in _records.SkipWhile(r => Header(r.Cells) is null))
        {
            if (record.Cells.All(string.IsNullOrWhiteSpace) && record.Fills is null || Header(record.Cells) is not null)
                continue;
            if (record.Cells.Count > _columns.Length && record.Cells.Skip(_columns.Length).Any(c => c.Length > 0) || (record.Fills is null && record.Cells.Count < _columns.Length))
            {
                findings.Warn(
                    "COLUMNS_DIFFER", record.Line, "", $"{record.Cells.Count} cells", $"{_columns.Length} columns",
                    "The record has not as many cells as the header; what has no column was left out.", 0.5);
            }

            if (Row(record, findings) is { } row)
                yield return row;
        }
    }

    /// <summary>True where a record names a grid's columns.</summary>
    public static bool IsHeader(IReadOnlyList<string> cells) => Header(cells) is not null;

    private RawRow? Row(TableRecord record, Findings findings)
    {
        var row = new RawRow(record.Line, []);
        var any = false;
        for (var i = 0; i < Math.Min(record.Cells.Count, _columns.Length); i++)
        {
            if (_columns[i] == GridColumn.Stray)
                continue;

            row[_columns[i]] = SpreadsheetCell.Restore(record.Cells[i]);
            any |= !string.IsNullOrWhiteSpace(record.Cells[i]);
        }

        if (!any)
            return null;

        // The fill says what the cell does not.
        var status = Array.IndexOf(_columns, GridColumn.Status);
        if (status >= 0 && record.Fills?.ElementAtOrDefault(status) is { } fill && string.IsNullOrWhiteSpace(row[GridColumn.Status])
            && FillColour.Status(fill) is { } word)
        {
            row[GridColumn.Status] = word;
            findings.Warn("STATUS_FROM_FILL", record.Line, "status", $"fill #{fill}", word, "The cell has no text; its fill was read as the status.", 0.8);
        }

        return row;
    }

    private static GridColumn[]? Header(IReadOnlyList<string> record)
    {
        var columns = new GridColumn[record.Count];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = HeaderLabels.Find(record[i]) ?? GridColumn.Stray;

        // Most records are no header.
        if (columns.AsSpan().Count(GridColumn.Stray) > columns.Length - 3)
            return null;

        var named = columns.Where(c => c != GridColumn.Stray).ToArray();
        if (named.Distinct().Count() < 3)
            return null;

        var twice = named.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is { } column)
        {
            var headings = record.Where((_, i) => columns[i] == column);
            throw new UnreadableGridException($"The header names the column {column.PlainName()} more than once: '{string.Join("', '", headings)}'.");
        }

        return named.Contains(GridColumn.Ref) || named.Contains(GridColumn.Title) ? columns : null;
    }
}
