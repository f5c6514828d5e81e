namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Fourth stage: tells each row its ref and theme. It takes the whole grid to tell those of one row.</summary>
internal sealed class RowPlaces
{
    private readonly GridRef?[] _refs;
    private readonly ThemeNames _themes;

    public RowPlaces(List<RowMark> rows, GridContext context, Findings findings)
    {
        _refs = new GridRef?[rows.Count];
        var prefixes = Prefixes(rows, context);
        _themes = new ThemeNames(
            prefixes,
            rows.Select(r => (Plain(r, prefixes)?.Prefix, r.Theme)).Where(r => r.Prefix is not null).CountBy(r => (r.Prefix!, r.Theme)),
            context.Themes,
            rows.Select(r => r.Theme).Distinct());
        Place(rows, prefixes, context, findings);
    }

    /// <summary>The ref of each row; null where it has none and is left out.</summary>
    public IReadOnlyList<GridRef?> Refs => _refs;

    public ThemeNames Themes => _themes;

    /// <summary>The refs that rows have, and those of the actions over them.</summary>
    public IReadOnlySet<string> Taken { get; private set; } = null!;

    // The letters that refs of this grid begin with: those that several rows print, or that the plan has, or that a theme begins with.
    private static HashSet<string> Prefixes(List<RowMark> rows, GridContext context)
    {
        var known = context.Themes.Select(t => t.RefPrefix)
            .Concat(context.Actions.Select(a => RefText.Plain(a.Ref)?.Prefix).OfType<string>())
            .ToHashSet();
        // How many rows print them, and whether a theme's name beside begins with them.
        Dictionary<string, (int Rows, bool Theme)> printed = [];
        foreach (var row in rows)
        {
            if ((RefText.Plain(row.Ref) ?? RefText.Plain(row.TitleRef)) is not { Prefix: var prefix })
                continue;

            var (count, theme) = printed.GetValueOrDefault(prefix);
            printed[prefix] = (count + 1, theme || ThemeNames.Clean(row.Theme, prefix).StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        }

        var numbered = printed.GetValueOrDefault("").Rows;
        printed.Remove("");
        HashSet<string> prefixes = [.. known, .. printed.Where(p => p.Value.Rows > 1 || p.Value.Theme).Select(p => p.Key)];
        if (prefixes.Count == 0)
            prefixes.UnionWith(printed.Keys);
        // A plan whose refs are numbers only.
        if (numbered > printed.Values.Sum(p => p.Rows) && known.All(k => k.Length == 0))
            prefixes.Add("");

        return prefixes;
    }

    private static GridRef? Plain(RowMark row, HashSet<string> prefixes)
    {
        var plain = RefText.Plain(row.Ref) ?? RefText.Plain(row.TitleRef);
        return plain is { } reference && prefixes.Contains(reference.Prefix) ? reference : null;
    }

    private void Place(List<RowMark> rows, HashSet<string> prefixes, GridContext context, Findings findings)
    {
        // The next ref below that is beyond doubt; it stands there until the row has its own.
        for (var i = rows.Count - 1; i >= 0; i--)
            _refs[i] = Plain(rows[i], prefixes) ?? (i + 1 < rows.Count ? _refs[i + 1] : null);

        var refs = new RowRefs([.. prefixes.Union(_themes.Prefixes)], context, findings);
        for (var i = 0; i < rows.Count; i++)
        {
            _refs[i] = refs.Read(rows[i], _themes.PrefixOf(rows[i].Theme), i + 1 < rows.Count ? _refs[i + 1] : null);
            if (_refs[i] is { } reference)
                SettleTheme(rows[i], reference.Prefix, findings);
        }

        Taken = refs.Taken;
    }

    private void SettleTheme(RowMark row, string prefix, Findings findings)
    {
        var printed = row.Theme;
        _themes.Learn(prefix, printed);
        var name = _themes[prefix];
        if (printed.Length == 0)
            findings.Info("THEME_INFERRED", row.Line, "theme", "", name, "The theme cell is empty; the theme follows from the ref.", 0.95);
        else if (!ThemeNames.Names(printed, name))
            findings.Warn("THEME_UNREADABLE", row.Line, "theme", printed, name, "The theme cell does not name the ref's theme; the ref was followed.", 0.7);
        else if (!string.Equals(printed, name, StringComparison.OrdinalIgnoreCase))
            findings.Info("THEME_REPAIRED", row.Line, "theme", printed, name, "The theme's name was put right.", 0.95);
        else if (_themes.Unsure(prefix))
            findings.Info("THEME_UNSURE", row.Line, "theme", printed, name, "Few rows print this theme's name; it was taken as it stands here.", 0.8);
    }
}

/// <summary>A row that has its ref.</summary>
internal sealed record PlacedRow(RawRow Row, GridRef Ref);
