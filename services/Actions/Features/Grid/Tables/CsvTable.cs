using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>The records of comma-separated values.</summary>
internal static class CsvTable
{
    private static readonly string[] Dividers = [",", ";", "\t"];

    private static readonly CsvConfiguration Any = new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = [",", ";", "\t", "|"],
        TrimOptions = TrimOptions.Trim,
        BadDataFound = null,
        IgnoreBlankLines = true,
        // Themes, leads and statuses stand in many rows: once each in memory.
        CacheFields = true,
    };

    /// <param name="text">The file.</param>
    /// <param name="exported">It was exported here: cells are kept as they stand, and the first line tells what divides them.</param>
    /// <exception cref="UnreadableGridException">A quoted cell does not end.</exception>
    public static IEnumerable<TableRecord> Read(string text, bool exported = false)
    {
        CheckQuotes(text);
        using var parser = new CsvParser(new StringReader(text), exported ? Exported(text) : Any);
        while (parser.Read())
            yield return new TableRecord(parser.Row, parser.Record!);
    }

    /// <summary>The first line of a text.</summary>
    public static ReadOnlySpan<char> FirstLine(string text) =>
        text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length);

    // A spreadsheet program saves with the divider of its country.
    private static CsvConfiguration Exported(string text)
    {
        var heading = FirstLine(text).ToString();
        return new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Dividers.MaxBy(d => heading.Count(c => c == d[0]))!,
            BadDataFound = null,
        };
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
