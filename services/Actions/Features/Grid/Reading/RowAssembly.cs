namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Fourth stage: tells each row its ref and theme, then makes leaves and their parents of the rows.</summary>
internal static class RowAssembly
{
    public static GridReading Assemble(
        List<RawRow> raw,
        IReadOnlySet<GridColumn> columns,
        IReadOnlyDictionary<GridColumn, string> headings,
        GridContext context,
        Findings findings)
    {
        var rows = RowRepair.JoinCutRows(raw, findings);
        if (rows.Count == 0)
            throw new UnreadableGridException("There is a heading but no row under it.");

        foreach (var row in rows)
            RowRepair.Settle(row, findings);

        var prefixes = Prefixes(rows, context);
        var themes = new ThemeNames(
            prefixes,
            rows.Select(r => (Plain(r, prefixes), r[GridColumn.Theme])).Where(r => r.Item1 is not null).Select(r => (r.Item1!.Value.Prefix, r.Item2)),
            context.Themes,
            rows.Select(r => r[GridColumn.Theme]));
        var placed = Place(rows, prefixes, themes, context, findings);
        if (placed.Count == 0)
            throw new UnreadableGridException("No row has a ref that could be read, such as V1 or O2.1.");

        var titles = new Titles(placed, findings);
        var refs = placed.SelectMany(p => new[] { p.Ref.ToString(), p.Ref.Parent }).OfType<string>()
            .Concat(context.Actions.Select(a => a.Ref)).ToHashSet();
        var interpretation = new Interpretation(context, new CrossReferences(refs), headings, columns.Contains(GridColumn.Direction), findings);
        var leaves = placed.Where(p => !titles.IsTitleRow(p)).Select(p => interpretation.Leaf(p, themes[p.Ref.Prefix], titles)).ToList();
        var order = placed.Select(p => p.Ref.Prefix).Distinct().Select(p => new GridTheme(themes[p], p)).ToList();
        return new GridReading(
            order, titles.Parents(themes), leaves, findings.InOrder(placed.DistinctBy(p => p.Row.Line).ToDictionary(p => p.Row.Line, p => p.Ref.ToString())));
    }

    // The letters that refs of this grid begin with: those that several rows print, or that the plan has, or that a theme begins with.
    private static HashSet<string> Prefixes(List<RawRow> rows, GridContext context)
    {
        var printed = rows.Select(r => (Row: r, Ref: RefText.Plain(r[GridColumn.Ref]) ?? RefText.Plain(r[GridColumn.TitleRef])))
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
            .. lettered.Where(p => ThemeNames.Clean(p.Row[GridColumn.Theme], p.Prefix).StartsWith(p.Prefix, StringComparison.OrdinalIgnoreCase)).Select(p => p.Prefix),
        ];
        if (prefixes.Count == 0)
            prefixes.UnionWith(lettered.Select(p => p.Prefix));
        // A plan whose refs are numbers only.
        if (numbered > lettered.Count && known.All(k => k.Length == 0))
            prefixes.Add("");

        return prefixes;
    }

    private static GridRef? Plain(RawRow row, HashSet<string> prefixes)
    {
        var plain = RefText.Plain(row[GridColumn.Ref]) ?? RefText.Plain(row[GridColumn.TitleRef]);
        return plain is { } reference && prefixes.Contains(reference.Prefix) ? reference : null;
    }

    private static List<PlacedRow> Place(
        List<RawRow> rows, HashSet<string> prefixes, ThemeNames themes, GridContext context, Findings findings)
    {
        var after = new GridRef?[rows.Count + 1];
        for (var i = rows.Count - 1; i >= 0; i--)
            after[i] = Plain(rows[i], prefixes) ?? after[i + 1];

        List<PlacedRow> placed = [];
        var refs = new RowRefs([.. prefixes.Union(themes.Prefixes)], context, findings);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var printed = row[GridColumn.Theme];
            if (refs.Read(row, themes.PrefixOf(printed), after[i + 1]) is not { } reference)
                continue;

            themes.Learn(reference.Prefix, printed);
            var name = themes[reference.Prefix];
            if (printed.Length == 0)
                findings.Info("THEME_INFERRED", row.Line, "theme", "", name, "The theme cell is empty; the theme follows from the ref.", 0.95);
            else if (!ThemeNames.Names(printed, name))
                findings.Warn("THEME_UNREADABLE", row.Line, "theme", printed, name, "The theme cell does not name the ref's theme; the ref was followed.", 0.7);
            else if (!string.Equals(printed, name, StringComparison.OrdinalIgnoreCase))
                findings.Info("THEME_REPAIRED", row.Line, "theme", printed, name, "The theme's name was put right.", 0.95);
            else if (themes.Unsure(reference.Prefix))
                findings.Info("THEME_UNSURE", row.Line, "theme", printed, name, "Few rows print this theme's name; it was taken as it stands here.", 0.8);

            placed.Add(new PlacedRow(row, reference));
        }

        return placed;
    }
}

/// <summary>A row that has its ref.</summary>
internal sealed record PlacedRow(RawRow Row, GridRef Ref);
