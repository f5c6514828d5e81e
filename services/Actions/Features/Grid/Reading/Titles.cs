using System.Text.RegularExpressions;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>
/// Titles and the notes printed in them. The title over several sub-rows is a merged cell, printed on the first: it is the parent's.
/// </summary>
internal sealed partial class Titles
{
    // Rows with sub-rows and sub-rows; all others have a title of their own, or none.
    private readonly Dictionary<string, TitledRow> _rows = [];
    private readonly Dictionary<string, List<TitledRow>> _subRows = [];
    private readonly Dictionary<string, (string Title, List<string> Notes)> _parents;

    /// <param name="rows">The rows that have sub-rows or are some.</param>
    /// <param name="findings">What is found is told.</param>
    public Titles(IEnumerable<PlacedRow> rows, Findings findings)
    {
        List<TitledRow> all = [];
        foreach (var row in rows)
        {
            var titled = TitledRow.Of(row, Read(row, findings));
            all.Add(titled);
            _rows.Add(titled.Ref.ToString(), titled);
            if (titled.Ref.Parent is not { } parent)
                continue;
            if (!_subRows.TryGetValue(parent, out var siblings))
                _subRows.Add(parent, siblings = []);
            siblings.Add(titled);
        }

        _parents = _subRows.Keys.ToDictionary(p => p, ParentTitle);
        foreach (var row in all)
        {
            var title = row.Title.Length > 0 || row.Ref.Parent is not { } parent ? row.Title : _parents[parent].Title;
            if (title.Length == 0)
                Missing(row.Line, row.Cell, findings);
            else if (row.Ref.Parent is { } above && _subRows[above][0] is var first && (first.Ref.Sub != 1 || !first.RefAsPrinted))
                findings.Info("TITLE_UNSURE", row.Line, "title", first.Cell, title, "The title stands on a row whose ref was repaired.", 0.8);
        }
    }

    /// <summary>A row that only prints the title over its sub-rows.</summary>
    public bool IsTitleRow(PlacedRow row) => row.Ref.Sub is null && _rows.GetValueOrDefault(row.Ref.ToString()) is { TitleOnly: true };

    /// <summary>The title and notes that are the leaf's own.</summary>
    public (string Title, List<string> Notes) Of(PlacedRow row, Findings findings)
    {
        if (_rows.TryGetValue(row.Ref.ToString(), out var titled))
        {
            return titled.Ref.Parent is { } parent && _parents[parent].Title is { Length: > 0 } title && title == titled.Title
                ? ("", [])
                : (titled.Title, titled.Notes);
        }

        var own = Read(row, findings);
        if (own.Title.Length == 0)
            Missing(row.Row.Line, row.Row[GridColumn.Title], findings);

        return own;
    }

    /// <summary>The actions that have sub-rows.</summary>
    /// <param name="themes">The themes' names.</param>
    /// <param name="retired">The refs that the plan has retired: their rows make no parent.</param>
    public IEnumerable<GridAction> Parents(ThemeNames themes, IReadOnlySet<string> retired)
    {
        foreach (var (parent, rows) in _subRows)
        {
            var pursued = retired.Count == 0 ? rows.Count : rows.Count(r => !retired.Contains(r.Ref.ToString()));
            if (pursued == 0)
                continue;

            var (title, notes) = _parents[parent];
            var prefix = rows[0].Ref.Prefix;
            var reports = _rows.GetValueOrDefault(parent) is { TitleOnly: false };
            yield return new GridAction(rows[0].Line, parent, themes[prefix], prefix, title, notes, pursued, reports);
        }
    }

    private (string Title, List<string> Notes) ParentTitle(string parent)
    {
        if (_rows.GetValueOrDefault(parent) is { TitleOnly: true, Title.Length: > 0 } own)
            return (own.Title, own.Notes);

        var rows = _subRows[parent];
        var titled = rows.Where(r => r.Title.Length > 0).ToArray();
        // Where each sub-row has a title of its own, none of them is the parent's.
        var distinct = titled.Select(r => r.Title).Distinct().Count();
        return titled.Length > 0 && (distinct == 1 || titled.Length < rows.Count) && titled[0] == rows[0] ? (rows[0].Title, rows[0].Notes) : ("", []);
    }

    private static void Missing(int line, string cell, Findings findings) =>
        findings.Info("TITLE_MISSING", line, "title", cell, "", "The row has no title, and none stands over it.");

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

    // Of a row, what its family's title is told by. TitleOnly: it reports nothing.
    private sealed record TitledRow(int Line, GridRef Ref, bool RefAsPrinted, string Cell, string Title, List<string> Notes, bool TitleOnly)
    {
        public static TitledRow Of(PlacedRow placed, (string Title, List<string> Notes) read)
        {
            var row = placed.Row;
            var silent = row[GridColumn.Narrative].Length == 0 && row[GridColumn.Opportunities].Length == 0
                && row[GridColumn.Status].Length == 0 && row[GridColumn.DeliveryLeads].Length == 0;
            return new TitledRow(
                row.Line, placed.Ref, RefText.Plain(row[GridColumn.Ref]) == placed.Ref, row[GridColumn.Title], read.Title, read.Notes, silent);
        }
    }
}
