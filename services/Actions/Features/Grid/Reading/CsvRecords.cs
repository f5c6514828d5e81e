using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>First stage of a table of comma-separated values: its records, by named columns in any order.</summary>
internal static class CsvRecords
{
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = [",", ";", "\t", "|"],
        TrimOptions = TrimOptions.Trim,
        BadDataFound = null,
        IgnoreBlankLines = true,
    };

    public static (List<RawRow> Rows, IReadOnlySet<GridColumn> Columns) Read(string text, Findings findings)
    {
        CheckQuotes(text);
        using var parser = new CsvParser(new StringReader(text), Configuration);
        GridColumn[]? columns = null;
        List<RawRow> rows = [];
        while (parser.Read())
        {
            var record = parser.Record!;
            if (columns is null)
            {
                // Titles and notes may stand above the header.
                columns = Header(record);
                continue;
            }

            if (Array.TrueForAll(record, string.IsNullOrWhiteSpace))
                continue;
            if (record.Length != columns.Length)
            {
                findings.Warn(
                    "COLUMNS_DIFFER", parser.Row, "", $"{record.Length} cells", $"{columns.Length} columns",
                    "The record has not as many cells as the header; what has no column was left out.", 0.5);
            }

            Dictionary<GridColumn, string> cells = [];
            for (var i = 0; i < Math.Min(record.Length, columns.Length); i++)
            {
                if (columns[i] != GridColumn.Stray)
                    cells[columns[i]] = SpreadsheetCell.Restore(record[i]);
            }

            rows.Add(new RawRow(parser.Row, cells));
        }

        return columns is null ? throw new UnreadableGridException(GridReader.NoHeading) : (rows, columns.ToHashSet());
    }

    private static GridColumn[]? Header(string[] record)
    {
        var columns = record.Select(c => HeaderLabels.Find(c) ?? GridColumn.Stray).ToArray();
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

    // A quote opens a cell only where the cell begins; doubled within, it is a character.
    private static void CheckQuotes(string text)
    {
        var (line, opened, quoted, begins) = (1, 0, false, true);
        foreach (var c in text)
        {
            if (c == '\n')
                line++;
            if (c == '"' && (quoted || begins))
            {
                quoted = !quoted;
                opened = quoted ? line : opened;
                // The second of a doubled quote opens the cell again.
                begins = !quoted;
                continue;
            }

            begins = !quoted && c is ',' or ';' or '\t' or '|' or '\n' or '\r' or ' ';
        }

        if (quoted)
            throw new UnreadableGridException($"The quoted cell that begins on line {opened} does not end; the file seems to be cut off.");
    }
}
