namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>
/// Gives each row its ref: as printed where it can be read, repaired where signs were mistaken, inferred from the rows around it where
/// it is lost. A row without any is left out, and said so.
/// </summary>
internal sealed class RowRefs(IReadOnlyCollection<string> prefixes, GridContext context, Findings findings)
{
    private readonly HashSet<string> _known = [.. context.Actions.Select(a => a.Ref)];
    private readonly HashSet<string> _taken = [];
    private GridRef? _before;

    /// <summary>The refs that rows have, and those of the actions over them.</summary>
    public IReadOnlySet<string> Taken => _taken;

    /// <summary>The row's ref; null where it cannot be told.</summary>
    /// <param name="row">The row.</param>
    /// <param name="themePrefix">The letters of the theme that its theme cell names; null where it names none.</param>
    /// <param name="after">The next ref below that can be read without doubt.</param>
    public GridRef? Read(RowMark row, string? themePrefix, GridRef? after)
    {
        var cell = row.Ref;
        var beside = row.TitleRef;
        if (cell.Length == 0 && beside.Length > 0)
            (cell, beside) = (beside, "");

        var found = cell.Length == 0 ? null : Best(cell, row, themePrefix, after);
        if (found is null && beside.Length > 0)
            found = Best(beside, row, themePrefix, after);
        found ??= Infer(row, cell, themePrefix, after);
        if (found is not { } reference)
            return null;

        if (beside.Length > 0 && RefText.Plain(beside) is { } other && other != reference && other.ToString() != reference.Parent)
        {
            findings.Warn(
                "REF_CONTRADICTED", row.Line, "ref", $"{beside} | {cell}", reference.ToString(), "The row prints two refs that differ; the one beside the narrative was taken.", 0.6);
        }

        if (!_taken.Add(reference.ToString()))
        {
            findings.Error("REF_REPEATED", row.Line, "ref", row.Ref, $"{reference} stands on an earlier row; this row was left out.");
            return null;
        }

        // A title row stands above its sub-rows, never below.
        if (reference.Parent is { } parent)
            _taken.Add(parent);

        CheckOrder(row, reference, themePrefix);
        _before = reference;
        return reference;
    }

    private GridRef? Best(string cell, RowMark row, string? themePrefix, GridRef? after)
    {
        var readings = RefText.Readings(cell, prefixes)
            .Where(r => r.Ref.Prefix.Length > 0 || prefixes.Contains(""))
            .Select(r => (r.Ref, Cost: r.Cost + Doubt(r.Ref, themePrefix, after)))
            .OrderBy(r => r.Cost)
            .ToArray();
        if (readings.Length == 0)
        {
            if (cell.Length > 0)
                findings.Warn("REF_UNREADABLE", row.Line, "ref", cell, "", "The ref cell holds no ref.");
            return null;
        }

        var best = readings[0].Ref;
        if (!prefixes.Contains(best.Prefix))
            findings.Warn("REF_UNUSUAL", row.Line, "ref", cell, best.ToString(), "No other row and no theme has a ref with these letters.", 0.5);
        if (best.ToString() == cell.TrimEnd('.', ' ').TrimStart())
            return best;

        var rival = readings.FirstOrDefault(r => r.Ref != best);
        var sure = readings.Length == 1 || rival.Ref == default || rival.Cost - readings[0].Cost >= 3;
        findings.Info(
            "REF_REPAIRED", row.Line, "ref", cell, best.ToString(), "The ref was read with signs put right that the page mistook.", sure ? 0.95 : 0.75);
        return best;
    }

    // What speaks against a reading: another theme, a ref that is taken, a place out of order, a plan that does not have it.
    private int Doubt(GridRef reference, string? themePrefix, GridRef? after)
    {
        var doubt = 0;
        if (themePrefix is not null && reference.Prefix != themePrefix)
            doubt += 6;
        if (_taken.Contains(reference.ToString()))
            doubt += 5;
        if (_before is { } before && before.Prefix == reference.Prefix && !Follows(before, reference))
            doubt += Behind(before, reference) ? 1 : 4;
        // A theme's rows stand together; another theme begins with its first action.
        if (themePrefix is null && _before is { } other && other.Prefix != reference.Prefix && reference is not { Number: 1, Sub: null or 1 })
            doubt += 3;
        if (after is { } next && next.Prefix == reference.Prefix && reference.Number > next.Number)
            doubt += 3;
        if (_known.Count > 0 && !_known.Contains(reference.ToString()))
            doubt += 1;
        return doubt;
    }

    private static bool Behind(GridRef before, GridRef reference) =>
        reference.Number > before.Number || (reference.Number == before.Number && reference.Sub > (before.Sub ?? 0));

    private static bool Follows(GridRef before, GridRef reference) =>
        reference.Number == before.Number + 1 || (reference.Number == before.Number && (reference.Sub ?? 0) == (before.Sub ?? 0) + 1);

    // Between O9 and O11 stands O10. Where nothing is missing there, the row has no place.
    private GridRef? Infer(RowMark row, string cell, string? themePrefix, GridRef? after)
    {
        GridRef? place = null;
        if (_before is { } before && (themePrefix is null || themePrefix == before.Prefix))
        {
            var next = before with { Number = before.Number + 1, Sub = null };
            var sub = before with { Sub = before.Sub + 1 };
            if (after is { } below && below.Prefix == before.Prefix)
            {
                if (below.Number == before.Number + 2 && below.Sub is null or 1)
                    place = next;
                else if (before.Sub is not null && below.Number == before.Number && below.Sub == before.Sub + 2)
                    place = sub;
                else if (below.Number == before.Number + 1 && below.Sub == 2)
                    place = below with { Sub = 1 };
            }
            else
            {
                place = next;
            }
        }
        else if (after is { } first && (themePrefix is null || themePrefix == first.Prefix))
        {
            // The first row of a theme.
            if (first is { Number: 2, Sub: null or 1 })
                place = first with { Number = 1, Sub = null };
            else if (first is { Number: 1, Sub: 2 })
                place = first with { Sub = 1 };
        }

        if (place is not { } inferred || _taken.Contains(inferred.ToString()))
        {
            findings.Error("REF_MISSING", row.Line, "ref", cell, "The row has no ref and its place does not tell it; the row was left out.");
            return null;
        }

        findings.Warn(
            "REF_INFERRED", row.Line, "ref", cell, inferred.ToString(), "The row's ref is lost; it was inferred from the rows around it.", after is null ? 0.6 : 0.9);
        return inferred;
    }

    private void CheckOrder(RowMark row, GridRef reference, string? themePrefix)
    {
        if (themePrefix is not null && themePrefix != reference.Prefix)
        {
            findings.Warn(
                "REF_OF_ANOTHER_THEME", row.Line, "ref", row.Ref, reference.ToString(), "The row's ref and its theme cell do not go together; the ref was taken.", 0.6);
        }
        else if (_before is { } before && before.Prefix == reference.Prefix && !Follows(before, reference))
        {
            findings.Warn(
                "REF_OUT_OF_ORDER", row.Line, "ref", row.Ref, reference.ToString(), $"{reference} does not follow {before}; rows may be missing, or the ref misread.", 0.7);
        }
    }
}
