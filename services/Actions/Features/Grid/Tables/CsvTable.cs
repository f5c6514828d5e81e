using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>The records of comma-separated values.</summary>
internal static class CsvTable
{
    private const int LongestHeading = 16_384;

    private static readonly string[] Dividers = [",", ";", "\t"];

    private static readonly CsvConfiguration Any = new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = [",", ";", "\t", "|"],
        TrimOptions = TrimOptions.Trim,
        BadDataFound = null,
        IgnoreBlankLines = true,
    };

    /// <summary>The records, which can be gone through again and again.</summary>
    /// <param name="open">Opens the text at its beginning.</param>
    /// <param name="exported">It was exported here: cells are kept as they stand, and the first line tells what divides them.</param>
    public static IEnumerable<TableRecord> Read(Func<TextReader> open, bool exported = false)
    {
        using var parser = new CsvParser(open(), exported ? Exported(open) : Any);
        while (parser.Read())
            yield return new TableRecord(parser.Row, parser.Record!);
    }

    /// <summary>The first line of a text, as far as a heading may reach.</summary>
    public static string FirstLine(Func<TextReader> open)
    {
        using var reader = open();
        var start = new char[LongestHeading];
        var text = start.AsSpan(0, reader.ReadBlock(start));
        return text[..(text.IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length)].ToString();
    }

    // A spreadsheet program saves with the divider of its country.
    private static CsvConfiguration Exported(Func<TextReader> open)
    {
        var heading = FirstLine(open);
        return new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Dividers.MaxBy(d => heading.Count(c => c == d[0]))!,
            BadDataFound = null,
        };
    }

    /// <exception cref="UnreadableGridException">A quoted cell does not end.</exception>
    public static void CheckQuotes(Func<TextReader> open)
    {
        // A quote opens a cell only where the cell begins; doubled within, it is a character.
        var (line, opened, quoted, begins) = (1, 0, false, true);
        using var reader = open();
        while (reader.Read() is >= 0 and var read)
        {
            var c = (char)read;
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
