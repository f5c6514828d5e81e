using System.Text.RegularExpressions;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Second stage: says of each cell of a page which column it belongs to.</summary>
internal static partial class Alignment
{
    // The order in which every page prints its columns.
    private static readonly GridColumn[] Printed =
    [
        GridColumn.Theme, GridColumn.TitleRef, GridColumn.Title, GridColumn.OpccLeads, GridColumn.DeliveryLeads, GridColumn.Ref,
        GridColumn.Narrative, GridColumn.Status, GridColumn.Direction, GridColumn.Opportunities,
    ];

    private static readonly GridColumn[] Expected =
        [GridColumn.Theme, GridColumn.Title, GridColumn.OpccLeads, GridColumn.DeliveryLeads, GridColumn.Ref, GridColumn.Narrative, GridColumn.Status, GridColumn.Opportunities];

    public static IEnumerable<RawRow> Align(TextPage page, Findings findings)
    {
        var columns = Columns(page.Headings);
        var lost = Expected.Where(c => !columns.Contains(c)).ToHashSet();
        for (var i = 0; i < page.Rows.Count; i++)
        {
            var line = page.Rows[i];
            var fit = line.Cells.Length == columns.Length && Fits(line.Cells, columns) ? columns : Fit(line.Cells, columns);
            if (!ReferenceEquals(fit, columns))
            {
                findings.Warn(
                    "COLUMNS_DIFFER", line.Number, "", string.Join(" | ", line.Cells.Select(Shorten)), string.Join(" | ", fit.Select(c => c.PlainName())),
                    "The row's cells do not stand under the page's headings; they were put in columns by what they hold.", 0.7);
            }

            yield return new RawRow(line.Number, Cells(line.Cells, fit)) { Lost = lost, EndsPage = i == page.Rows.Count - 1 };
        }
    }

    private static Dictionary<GridColumn, string> Cells(string[] cells, GridColumn[] columns)
    {
        Dictionary<GridColumn, string> row = [];
        for (var i = 0; i < cells.Length; i++)
        {
            if (columns[i] == GridColumn.Stray || cells[i].Length == 0)
                continue;

            // A heading that stands over two cells holds one text cut in two: "Offend" and "ers".
            row[columns[i]] = row.TryGetValue(columns[i], out var before) ? before + cells[i] : cells[i];
        }

        return row;
    }

    /// <summary>The columns of a page: by its headings, and, where a heading is blank, by its place between the named ones.</summary>
    internal static GridColumn[] Columns(string[] headings)
    {
        var named = headings.Select(HeaderLabels.Find).ToArray();
        // "T" and "heme" are one heading.
        if (named is [null, GridColumn.Theme, ..] && headings[0] is [var letter] && char.IsAsciiLetter(letter) && !headings[1].StartsWith("Theme", StringComparison.OrdinalIgnoreCase))
            named[0] = GridColumn.Stray;

        var columns = new GridColumn[headings.Length];
        for (var i = 0; i < headings.Length;)
        {
            if (named[i] is { } column)
            {
                columns[i++] = column;
                continue;
            }

            var end = i;
            while (end < headings.Length && named[end] is null)
                end++;

            var before = i == 0 ? -1 : Array.IndexOf(Printed, columns[i - 1]);
            var after = end == headings.Length ? Printed.Length : Array.IndexOf(Printed, named[end]!.Value);
            FillBlanks(columns.AsSpan(i, end - i), before, after, named);
            i = end;
        }

        return columns;
    }

    private static void FillBlanks(Span<GridColumn> blanks, int before, int after, GridColumn?[] named)
    {
        blanks.Clear();
        if (before < 0 || after <= before + 1)
            return;

        var missing = Printed[(before + 1)..after].Where(c => !named.Contains(c) && c != GridColumn.Direction).ToList();
        // A ref beside the title is rare; a title is not.
        if (missing.Count > blanks.Length)
            missing.Remove(GridColumn.TitleRef);
        for (var i = 0; i < blanks.Length && i < missing.Count; i++)
            blanks[i] = missing[i];
    }

    // Under the right headings the ref stands where the ref should, and long text where long text should.
    private static bool Fits(string[] cells, GridColumn[] columns)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i].Length > 0 && Shape(cells[i], columns[i]) < 0)
                return false;
        }

        return true;
    }

    /// <summary>
    /// The likeliest columns for a row that has not as many cells as its page has headings: cells keep their order, a column may be
    /// missing, a stray cell may stand between.
    /// </summary>
    internal static GridColumn[] Fit(string[] cells, GridColumn[] columns)
    {
        const double MissingColumn = -1;
        var best = new double[cells.Length + 1, columns.Length + 1];
        var step = new char[cells.Length + 1, columns.Length + 1];
        for (var i = 0; i <= cells.Length; i++)
        {
            for (var j = 0; j <= columns.Length; j++)
            {
                if (i == 0 && j == 0)
                    continue;

                var (score, how) = (double.NegativeInfinity, ' ');
                if (j > 0 && best[i, j - 1] + MissingColumn is var skip && skip > score)
                    (score, how) = (skip, 'c');
                if (i > 0 && best[i - 1, j] - (cells[i - 1].Length == 0 ? 0.5 : cells[i - 1].Length <= 4 ? 1.5 : 8) is var stray && stray > score)
                    (score, how) = (stray, 's');
                if (i > 0 && j > 0 && best[i - 1, j - 1] + (cells[i - 1].Length == 0 ? 0.2 : Shape(cells[i - 1], columns[j - 1])) is var match && match >= score)
                    (score, how) = (match, 'm');
                (best[i, j], step[i, j]) = (score, how);
            }
        }

        var fit = new GridColumn[cells.Length];
        for (var (i, j) = (cells.Length, columns.Length); i > 0 || j > 0;)
        {
            switch (step[i, j])
            {
                case 'c':
                    j--;
                    break;
                case 's':
                    fit[--i] = GridColumn.Stray;
                    break;
                default:
                    fit[--i] = columns[--j];
                    break;
            }
        }

        return fit;
    }

    // How well a cell's text goes with a column: negative where it hardly can.
    private static double Shape(string cell, GridColumn column) => column switch
    {
        GridColumn.Ref or GridColumn.TitleRef => RefText.LooksLikeRef(cell) ? 4 : cell.Length <= 10 ? 0 : -6,
        GridColumn.OpccLeads => Initials.LookLikeInitials(cell) ? 3 : cell.Length <= 12 ? 0 : -6,
        GridColumn.Status or GridColumn.Direction => Statuses.LooksLikeStatus(cell) ? 3 : cell.Length <= 20 ? 0 : -6,
        GridColumn.Theme => cell.Length <= 40 && !RefText.LooksLikeRef(cell) ? 2 : cell.Length <= 80 ? 0 : -6,
        GridColumn.DeliveryLeads => RefText.LooksLikeRef(cell) ? -3 : cell.Length is >= 2 and <= 200 && !Sentence().IsMatch(cell) ? 2 : -2,
        GridColumn.Narrative => RefText.LooksLikeRef(cell) ? -4 : cell.Length > 40 ? 3 : 0.5,
        GridColumn.Title => cell.Length is > 20 and <= 900 ? 2 : 0,
        GridColumn.Opportunities => RefText.LooksLikeRef(cell) || Statuses.LooksLikeStatus(cell) ? -2 : cell.Length > 20 ? 2 : 0,
        _ => cell.Length <= 4 ? 1 : -4,
    };

    private static string Shorten(string cell) => cell.Length <= 20 ? cell : cell[..20] + "…";

    [GeneratedRegex(@"[a-z]\. [A-Z]")]
    private static partial Regex Sentence();
}
