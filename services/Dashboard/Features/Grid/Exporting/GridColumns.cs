using PlanServices.Dashboard.Reading;

namespace PlanServices.Dashboard.Features.Grid.Exporting;

/// <summary>The rows that a person sees, as a table of texts: the paper's columns.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="Shown">Which rows they are.</param>
/// <param name="Rows">The cells, row by row, in the order of <see cref="Headings"/>.</param>
internal sealed record GridColumns(string Title, string Shown, IReadOnlyList<string[]> Rows)
{
    /// <summary>Which of the columns is the status.</summary>
    public const int Status = 6;

    public static string[] Headings { get; } =
    [
        "Theme", "Ref", "Priority action", "OPCC lead", "Delivery lead", "Key delivery activities", "Status", "Status reason",
        "Direction of travel", "Wider partnership opportunities", "Workflow state",
    ];

    public static GridColumns Of(Place place, GridModel model, GridFilter filter)
    {
        var rows = filter.Apply(model.Rows);
        return new GridColumns(
            $"{place.Plan!.DisplayName}, {place.PeriodLabel}",
            rows.Count == model.Rows.Count ? $"All {Words.Count(rows.Count, "action")}." : $"{rows.Count:N0} of {Words.Count(model.Rows.Count, "action")}: those that were chosen on the page.",
            [.. rows.Select(r => Cells(place, r))]);
    }

    private static string[] Cells(Place place, LeafRow row) =>
    [
        row.Theme?.DisplayName ?? "",
        row.Action.Ref,
        row.Title,
        string.Join(" / ", row.Action.OpccLeads),
        row.Leads,
        row.Update?.Narrative ?? "",
        place.Meaning(row.Status).Label,
        row.Update?.StatusReason ?? "",
        Words.Of(row.Direction),
        row.Update?.Opportunities ?? "",
        Words.Of(row.State),
    ];
}
