using Microsoft.AspNetCore.WebUtilities;
using PlanServices.Dashboard.Reading;
using Standing = PlanServices.Actions.V1.ProgressUpdate.Types.Status;
using Travel = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;

namespace PlanServices.Dashboard.Features.Grid;

/// <summary>Which rows of the grid are shown, and in which order: all of it stands in the address, so that a view can be sent on.</summary>
/// <param name="Theme">The id of a theme.</param>
/// <param name="Lead">A lead, as written.</param>
/// <param name="Status">A status, as addresses name it.</param>
/// <param name="Direction">A direction: <c>improved</c>, <c>no-change</c>, <c>deteriorated</c>, <c>not-recorded</c>.</param>
/// <param name="Text">Words that all stand in the ref, title or texts.</param>
/// <param name="OnlyNew">Only what is new since the last report.</param>
/// <param name="Sort">The column; empty for the plan's order.</param>
/// <param name="Descending">From the other end.</param>
public sealed record GridFilter(
    string Theme = "", string Lead = "", string Status = "", string Direction = "", string Text = "", bool OnlyNew = false, string Sort = "", bool Descending = false)
{
    /// <summary>Whether it leaves rows out.</summary>
    public bool Narrows => (Theme + Lead + Status + Direction + Text).Length > 0 || OnlyNew;

    public static GridFilter Parse(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return new GridFilter(
            Value("theme"), Value("lead"), Value("status"), Value("direction"), Value("q").Trim(), Value("new") == "1", Value("sort"), Value("desc") == "1");

        string Value(string name) => values.TryGetValue(name, out var value) ? value.ToString() : "";
    }

    /// <summary>The same as arguments of an address.</summary>
    public IEnumerable<(string Name, string? Value)> Arguments() =>
    [
        ("theme", Theme), ("lead", Lead), ("status", Status), ("direction", Direction), ("q", Text),
        ("new", OnlyNew ? "1" : null), ("sort", Sort), ("desc", Descending ? "1" : null),
    ];

    /// <summary>Sorted by a column; by the same again, from the other end; a third time, in the plan's order.</summary>
    public GridFilter SortedBy(string column) => (Sort == column, Descending) switch
    {
        (false, _) => this with { Sort = column, Descending = false },
        (true, false) => this with { Descending = true },
        (true, true) => this with { Sort = "", Descending = false },
    };

    public IReadOnlyList<LeafRow> Apply(IEnumerable<LeafRow> rows)
    {
        var words = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var status = Statuses.Parse(Status);
        var shown = rows.Where(r =>
            (Theme.Length == 0 || (r.Theme is not null && Place.Id(r.Theme.Name) == Theme))
            && (Lead.Length == 0 || LedBy(r, Lead))
            && (Status.Length == 0 || r.Status == status)
            && (Direction.Length == 0 || Slug(r.Direction) == Direction)
            && (!OnlyNew || r.IsNew)
            && words.All(w => Has(r, w)));
        IOrderedEnumerable<LeafRow>? sorted = Sort switch
        {
            "status" => shown.OrderBy(r => Rank(r.Status)),
            "direction" => shown.OrderBy(r => r.Direction switch { Travel.Deteriorated => 0, Travel.NoChange => 1, Travel.Improved => 2, _ => 3 }),
            "lead" => shown.OrderBy(r => r.Leads.Length == 0).ThenBy(r => r.Leads, StringComparer.OrdinalIgnoreCase),
            "opcc" => shown.OrderBy(r => r.Action.OpccLeads.Count == 0).ThenBy(r => string.Join('/', r.Action.OpccLeads), StringComparer.OrdinalIgnoreCase),
            "title" => shown.OrderBy(r => r.Title, StringComparer.OrdinalIgnoreCase),
            "state" => shown.OrderBy(r => r.State),
            _ => null,
        };
        var ordered = (sorted?.ThenBy(r => r.Position) ?? shown.OrderBy(r => r.Position)).ToArray();
        if (Descending)
            Array.Reverse(ordered);

        return ordered;
    }

    /// <summary>The same in words, for whoever reads a paper of these rows: "theme Victims, status Amber; by title".</summary>
    public string Say(Place place, GridModel grid)
    {
        (string Name, string Value)[] said =
        [
            ("theme", Theme.Length == 0 ? "" : grid.Themes.FirstOrDefault(t => Place.Id(t.Name) == Theme)?.DisplayName ?? Theme),
            ("status", Statuses.Parse(Status) is { } status ? place.Meaning(status).Label : ""),
            ("direction", Direction.Replace('-', ' ')),
            ("lead", Lead),
            ("with", Text.Length > 0 ? $"“{Text}”" : ""),
            ("with", OnlyNew ? "new text or another status" : ""),
            ("by", (Sort switch { "opcc" => "OPCC lead", "lead" => "delivery lead", _ => Sort }) + (Descending ? ", from the end" : "")),
        ];
        var all = string.Join(", ", said.Where(s => s.Value.Length > 0).Select(s => $"{s.Name} {s.Value}"));
        return all.Length <= 500 ? all : $"{all[..499]}…";
    }

    /// <summary>How an address names the direction.</summary>
    public static string Slug(Travel direction) => Words.Of(direction).ToLowerInvariant().Replace(' ', '-');

    private static bool LedBy(LeafRow row, string lead) =>
        row.Action.DeliveryLeads.Any(l => l.Text.Equals(lead, StringComparison.OrdinalIgnoreCase))
        || row.Action.OpccLeads.Contains(lead, StringComparer.OrdinalIgnoreCase);

    private static bool Has(LeafRow row, string word)
    {
        return In(row.Action.Ref) || In(row.Title) || In(row.Leads)
            || In(row.Update?.Narrative) || In(row.Update?.Opportunities) || In(row.Update?.StatusReason);

        bool In(string? text) => text is not null && text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static int Rank(Standing status) => status switch
    {
        Standing.Red => 0,
        Standing.Amber => 1,
        Standing.NotStarted => 2,
        Standing.Green => 3,
        Standing.Complete => 4,
        Standing.NotRated => 5,
        _ => 6,
    };
}
