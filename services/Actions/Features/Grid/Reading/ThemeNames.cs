using System.Text.RegularExpressions;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>
/// The themes of a grid. A theme's name is what most of the rows under its ref letters print; what single cells add or lose is
/// damage.
/// </summary>
internal sealed partial class ThemeNames
{
    // As many rows that print the same name make it sure.
    private const int LeastRows = 3;

    private readonly Dictionary<string, string> _byPrefix = [];
    private readonly HashSet<string> _unsure = [];

    /// <param name="prefixes">The letters that refs begin with.</param>
    /// <param name="rows">The theme cells of the rows whose ref is beyond doubt, and how many rows have each.</param>
    /// <param name="known">The themes that the plan has.</param>
    /// <param name="cells">The theme cells of all rows.</param>
    public ThemeNames(
        IEnumerable<string> prefixes,
        IEnumerable<KeyValuePair<(string Prefix, string Cell), int>> rows,
        IReadOnlyList<KnownTheme> known,
        IEnumerable<string> cells)
    {
        var names = cells.Select(c => Clean(c, "")).Distinct().ToList();
        foreach (var theme in known.Where(t => t.RefPrefix.Length > 0))
            _byPrefix[theme.RefPrefix] = theme.DisplayName;

        foreach (var group in rows.GroupBy(r => r.Key.Prefix))
        {
            if (_byPrefix.ContainsKey(group.Key))
                continue;

            var printed = group.Select(r => (Name: Clean(r.Key.Cell, group.Key), Rows: r.Value))
                .Where(n => n.Name.Length >= 3)
                .AggregateBy(n => n.Name, 0, (rows, n) => rows + n.Rows, StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(n => n.Value)
                .ToList();
            if (printed.Count == 0)
                continue;

            // Letters are lost at a name's ends, and never come there: of "Offender" and "Offenders" the longer is the name.
            var name = printed[0].Key;
            while (names.Find(n => n.Length > name.Length && n.Length <= name.Length + 3 && !n[name.Length..].Contains(' ')
                && n.Contains(name, StringComparison.OrdinalIgnoreCase)) is { } longer)
                name = longer;

            _byPrefix[group.Key] = name;
            if (printed.Where(n => n.Key == name).Sum(n => n.Value) < LeastRows)
                _unsure.Add(group.Key);
        }

        foreach (var prefix in prefixes)
            _byPrefix.TryAdd(prefix, prefix.Length > 0 ? $"Theme {prefix}" : "Plan");
    }

    public IEnumerable<string> Prefixes => _byPrefix.Keys;

    /// <summary>True where too few rows print the theme's name to be sure of each letter.</summary>
    public bool Unsure(string prefix) => _unsure.Contains(prefix);

    public string this[string prefix] => _byPrefix[prefix];

    /// <summary>Takes up a theme that one row only has.</summary>
    public void Learn(string prefix, string cell)
    {
        if (_byPrefix.ContainsKey(prefix))
            return;

        _unsure.Add(prefix);
        _byPrefix[prefix] = Clean(cell, prefix) is { Length: >= 3 } name ? name : $"Theme {prefix}";
    }

    /// <summary>The letters whose theme a cell names, as far as damage lets it; null where it names none, or several.</summary>
    public string? PrefixOf(string cell)
    {
        if (HeaderLabels.Letters(cell).Length < 3)
            return null;

        var fits = _byPrefix.Where(t => Names(cell, t.Value)).Select(t => t.Key).ToArray();
        return fits is [var only] ? only : null;
    }

    /// <summary>True where a cell prints this theme's name, with letters lost at an end or strays around it.</summary>
    public static bool Names(string cell, string theme)
    {
        var (printed, name) = (HeaderLabels.Letters(cell), HeaderLabels.Letters(theme));
        if (printed.Length == 0 || name.Length == 0)
            return false;
        if (printed.Contains(name, StringComparison.Ordinal))
            return true;

        var most = Math.Max(4, name.Length * 2 / 3);
        for (var length = name.Length - 1; length >= most; length--)
        {
            if (printed.Contains(name[..length], StringComparison.Ordinal) || printed.Contains(name[^length..], StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>A cell's name without the signs, numbers, refs and single letters that stand around it.</summary>
    public static string Clean(string cell, string prefix)
    {
        var words = Word().Matches(cell).Select(m => m.Value).ToList();
        while (words.Count > 1 && (words[^1].Length <= 2 || words[^1] == prefix))
            words.RemoveAt(words.Count - 1);
        while (words.Count > 1 && words[0].Length <= 2)
            words.RemoveAt(0);

        return string.Join(' ', words);
    }


    [GeneratedRegex("[A-Za-z&'’-]+(?![0-9A-Za-z])")]
    private static partial Regex Word();
}
