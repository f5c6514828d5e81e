using System.Text.RegularExpressions;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>
/// The themes of a grid. A theme's name is what most of the rows under its ref letters print; what single cells add or lose is
/// damage.
/// </summary>
internal sealed partial class ThemeNames
{
    private readonly Dictionary<string, string> _byPrefix = [];

    public ThemeNames(IEnumerable<(string Prefix, string Cell)> rows, IReadOnlyList<KnownTheme> known)
    {
        foreach (var theme in known.Where(t => t.RefPrefix.Length > 0))
            _byPrefix[theme.RefPrefix] = theme.DisplayName;

        foreach (var group in rows.GroupBy(r => r.Prefix))
        {
            if (_byPrefix.ContainsKey(group.Key))
                continue;

            var name = group.Select(r => Clean(r.Cell, r.Prefix))
                .Where(n => n.Length >= 3)
                .CountBy(n => n, StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(n => n.Value)
                .ThenByDescending(n => n.Key.Length)
                .Select(n => n.Key)
                .FirstOrDefault();
            _byPrefix[group.Key] = name ?? (group.Key.Length > 0 ? $"Theme {group.Key}" : "Plan");
        }
    }

    public IEnumerable<string> Prefixes => _byPrefix.Keys;

    public string this[string prefix] => _byPrefix[prefix];

    /// <summary>The letters whose theme a cell names, as far as damage lets it; null where it names none, or several.</summary>
    public string? PrefixOf(string cell)
    {
        if (Letters(cell).Length < 3)
            return null;

        var fits = _byPrefix.Where(t => Names(cell, t.Value)).Select(t => t.Key).ToArray();
        return fits is [var only] ? only : null;
    }

    /// <summary>True where a cell prints this theme's name, with letters lost at an end or strays around it.</summary>
    public static bool Names(string cell, string theme)
    {
        var (printed, name) = (Letters(cell), Letters(theme));
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

    private static string Letters(string text) => new([.. text.ToLowerInvariant().Where(char.IsAsciiLetter)]);

    [GeneratedRegex("[A-Za-z&'’-]+(?![0-9A-Za-z])")]
    private static partial Regex Word();
}
