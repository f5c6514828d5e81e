using System.Text.RegularExpressions;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>
/// Titles and the notes printed in them. The title over several sub-rows is a merged cell, printed on the first: it is the parent's.
/// </summary>
internal sealed partial class Titles
{
    private readonly Dictionary<PlacedRow, (string Title, List<string> Notes)> _printed = [];
    private readonly Dictionary<string, List<PlacedRow>> _subRows;
    private readonly Dictionary<string, PlacedRow> _rows;

    public Titles(List<PlacedRow> rows, Findings findings)
    {
        foreach (var row in rows)
            _printed[row] = Read(row, findings);

        _subRows = rows.Where(r => r.Ref.Parent is not null).GroupBy(r => r.Ref.Parent!).ToDictionary(g => g.Key, g => g.ToList());
        _rows = rows.ToDictionary(r => r.Ref.ToString());
        foreach (var row in rows)
        {
            var title = _printed[row].Title.Length > 0 || row.Ref.Parent is not { } parent ? _printed[row].Title : ParentTitle(parent).Title;
            if (title.Length == 0)
                findings.Info("TITLE_MISSING", row.Row.Line, "title", row.Row[GridColumn.Title], "", "The row has no title, and none stands over it.");
            else if (row.Ref.Parent is { } above && _subRows[above][0] is var first && (first.Ref.Sub != 1 || RefText.Plain(first.Row[GridColumn.Ref]) != first.Ref))
                findings.Info("TITLE_UNSURE", row.Row.Line, "title", first.Row[GridColumn.Title], title, "The title stands on a row whose ref was repaired.", 0.8);
        }
    }

    /// <summary>A row that only prints the title over its sub-rows.</summary>
    public bool IsTitleRow(PlacedRow row) =>
        _subRows.ContainsKey(row.Ref.ToString())
        && row.Row[GridColumn.Narrative].Length == 0 && row.Row[GridColumn.Opportunities].Length == 0
        && row.Row[GridColumn.Status].Length == 0 && row.Row[GridColumn.DeliveryLeads].Length == 0;

    /// <summary>The title and notes that are the leaf's own.</summary>
    public (string Title, List<string> Notes) Of(PlacedRow row)
    {
        var printed = _printed[row];
        return row.Ref.Parent is { } parent && ParentTitle(parent).Title is { Length: > 0 } title && title == printed.Title ? ("", []) : printed;
    }

    public IReadOnlyList<GridAction> Parents(ThemeNames themes) =>
    [
        .. _subRows.Select(p =>
        {
            var (title, notes) = ParentTitle(p.Key);
            var first = p.Value[0];
            return new GridAction(first.Row.Line, p.Key, themes[first.Ref.Prefix], first.Ref.Prefix, title, notes);
        }),
    ];

    private (string Title, List<string> Notes) ParentTitle(string parent)
    {
        if (_rows.TryGetValue(parent, out var own) && IsTitleRow(own) && _printed[own].Title.Length > 0)
            return _printed[own];

        var rows = _subRows[parent];
        var titled = rows.Where(r => _printed[r].Title.Length > 0).ToArray();
        // Where each sub-row has a title of its own, none of them is the parent's.
        var distinct = titled.Select(r => _printed[r].Title).Distinct().Count();
        return titled.Length > 0 && (distinct == 1 || titled.Length < rows.Count) && titled[0] == rows[0] ? _printed[rows[0]] : ("", []);
    }

    private static (string Title, List<string> Notes) Read(PlacedRow row, Findings findings)
    {
        var line = row.Row.Line;
        var cell = Space().Replace(row.Row[GridColumn.Title], " ").Trim();
        List<string> notes = [];
        var title = Note().Replace(cell, match =>
        {
            notes.Add(match.Groups[1].Value.Trim());
            return "";
        }).Trim();
        foreach (var more in row.Row[GridColumn.Notes].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            notes.Add(more);

        var reference = row.Ref.ToString();
        if (title.EndsWith(" " + reference, StringComparison.Ordinal) || title.EndsWith(" " + reference + ".", StringComparison.Ordinal))
        {
            var whole = title[..title.LastIndexOf(reference, StringComparison.Ordinal)].TrimEnd();
            findings.Info("REF_IN_TITLE", line, "title", title, whole, "The row's own ref stood at the end of the title and was taken out.", 0.95);
            title = whole;
        }

        if (Stray().Match(title) is { Success: true } stray)
        {
            findings.Warn(
                "STRAY_CHARACTER", line, "title", title, "", $"'{stray.Value.Trim()}' stands alone in the title; it may be a page's number or dirt, and was left.");
        }

        return (title, notes);
    }

    [GeneratedRegex(@"\(\s*Notes?\s*[:\-–]\s*((?:[^()]|\([^()]*\))*)\)?", RegexOptions.IgnoreCase)]
    private static partial Regex Note();

    [GeneratedRegex(@"(?<=[a-z,] )[0-9|~^*](?= [a-z])|(?<=[a-z] )[b-hj-z](?= [a-z])")]
    private static partial Regex Stray();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
