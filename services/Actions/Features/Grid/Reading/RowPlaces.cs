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
            rows.Select(r => (Plain(r, prefixes), r.Theme)).Where(r => r.Item1 is not null).Select(r => (r.Item1!.Value.Prefix, r.Theme)),
            context.Themes,
            rows.Select(r => r.Theme));
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
        var printed = rows.Select(r => (Row: r, Ref: RefText.Plain(r.Ref) ?? RefText.Plain(r.TitleRef)))
            .Where(r => r.Ref is not null)
            .Select(r => (r.Row, r.Ref!.Value.Prefix))
            .ToList();
        var known = context.Themes.Select(t => t.RefPrefix)
            .Concat(context.Actions.Select(a => RefText.Plain(a.Ref)?.Prefix).OfType<string>())
            .ToHashSet();
        var lettered = printed.Where(p => p.Prefix.Length > 0).ToList();
        var numbered = printed.Count - lettered.Count;
        HashSet<string> prefixes =
        [
            .. known,
            .. lettered.CountBy(p => p.Prefix).Where(p => p.Value > 1).Select(p => p.Key),
            .. lettered.Where(p => ThemeNames.Clean(p.Row.Theme, p.Prefix).StartsWith(p.Prefix, StringComparison.OrdinalIgnoreCase)).Select(p => p.Prefix),
        ];
        if (prefixes.Count == 0)
            prefixes.UnionWith(lettered.Select(p => p.Prefix));
        // A plan whose refs are numbers only.
        if (numbered > lettered.Count && known.All(k => k.Length == 0))
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
        var after = new GridRef?[rows.Count + 1];
        for (var i = rows.Count - 1; i >= 0; i--)
            after[i] = Plain(rows[i], prefixes) ?? after[i + 1];

        var refs = new RowRefs([.. prefixes.Union(_themes.Prefixes)], context, findings);
        for (var i = 0; i < rows.Count; i++)
        {
            _refs[i] = refs.Read(rows[i], _themes.PrefixOf(rows[i].Theme), after[i + 1]);
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
