using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>First stage of a table with a header: its rows, by named columns in any order.</summary>
internal sealed class TableRows
{
    private readonly IEnumerable<TableRecord> _records;
    private readonly TableHeader _header;

    /// <param name="records">The table's records, which are gone through each time that its rows are.</param>
    /// <exception cref="UnreadableGridException">No record names a grid's columns, or one is named twice.</exception>
    public TableRows(IEnumerable<TableRecord> records)
    {
        _records = records;
        _header = TableHeader.Find(records) ?? throw new UnreadableGridException(GridReader.NoHeading);
    }

    /// <summary>What each column holds.</summary>
    public IReadOnlyList<GridColumn> Columns => _header.Columns;

    /// <summary>Goes through the rows under the header.</summary>
    public IEnumerable<RawRow> Read(Findings findings)
    {
        // Titles and notes may stand above the header; on the next page it may be printed again.
        foreach (var record in _records.SkipWhile(r => !TableHeader.Names(r.Cells)))
        {
            if (_header.Is(record.Cells) || (record.Cells.All(string.IsNullOrWhiteSpace) && record.Fills is null))
                continue;
            if (record.Cells.Count > Columns.Count && record.Cells.Skip(Columns.Count).Any(c => c.Length > 0) || (record.Fills is null && record.Cells.Count < Columns.Count))
            {
                findings.Warn(
                    "COLUMNS_DIFFER", record.Line, "", $"{record.Cells.Count} cells", $"{Columns.Count} columns",
                    "The record has not as many cells as the header; what has no column was left out.", 0.5);
            }

            if (Row(record, findings) is { } row)
                yield return row;
        }
    }

    private RawRow? Row(TableRecord record, Findings findings)
    {
        var row = new RawRow(record.Line, []);
        var any = false;
        for (var i = 0; i < Math.Min(record.Cells.Count, Columns.Count); i++)
        {
            if (Columns[i] == GridColumn.Stray)
                continue;

            row[Columns[i]] = SpreadsheetCell.Restore(record.Cells[i]);
            any |= !string.IsNullOrWhiteSpace(record.Cells[i]);
        }

        if (!any)
            return null;

        // The fill says what the cell does not.
        var status = _header.Columns.IndexOf(GridColumn.Status);
        if (status >= 0 && record.Fills?.ElementAtOrDefault(status) is { } fill && string.IsNullOrWhiteSpace(row[GridColumn.Status])
            && FillColour.Status(fill) is { } word)
        {
            row[GridColumn.Status] = word;
            findings.Warn("STATUS_FROM_FILL", record.Line, "status", $"fill #{fill}", word, "The cell has no text; its fill was read as the status.", 0.8);
        }

        return row;
    }
}
