using System.Globalization;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>
/// The rows and columns of a sheet that are hidden. They are read: a filter that was left on hides rows, and nobody means to take them out
/// by it. But who sends the sheet may not know of them, and is told.
/// </summary>
internal sealed class XlsxHidden
{
    // More of them are not named one by one.
    private const int MostNamed = 20;

    private readonly bool[] _columns = new bool[OfficeFile.MostColumns];
    private readonly SortedSet<int> _filled = [];
    private readonly List<int> _rows = [];

    /// <summary>A hidden row with something in it.</summary>
    public void Row(int row) => _rows.Add(row);

    /// <summary>Hidden columns, from 1, as the sheet says them.</summary>
    public void Columns(string? first, string? last)
    {
        if (!int.TryParse(first, CultureInfo.InvariantCulture, out var from) || !int.TryParse(last, CultureInfo.InvariantCulture, out var to))
            return;

        for (var column = Math.Max(1, from); column <= Math.Min(to, _columns.Length); column++)
            _columns[column - 1] = true;
    }

    /// <summary>A column, from 0, that has something in it.</summary>
    public void Cell(int column)
    {
        if (_columns[column])
            _filled.Add(column);
    }

    public void Report(Findings findings)
    {
        if (_rows.Count > 0)
        {
            findings.Warn(
                "ROWS_HIDDEN", _rows[0], "", Named(_rows.Select(r => r.ToString(CultureInfo.InvariantCulture))), "",
                $"{_rows.Count:N0} rows are hidden in the sheet; they were read as the others were.", 1);
        }

        if (_filled.Count > 0)
        {
            findings.Warn(
                "COLUMNS_HIDDEN", 0, "", Named(_filled.Select(Letters)), "",
                $"{_filled.Count:N0} columns are hidden in the sheet; they were read as the others were.", 1);
        }
    }

    private static string Named(IEnumerable<string> names)
    {
        var first = names.Take(MostNamed + 1).ToArray();
        return string.Join(", ", first.Take(MostNamed)) + (first.Length > MostNamed ? " …" : "");
    }

    private static string Letters(int column) => (column < 26 ? "" : ((char)('A' + (column / 26) - 1)).ToString()) + (char)('A' + (column % 26));
}
