using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>
/// The columns of a grid that is written for people to edit: what each shows, and of those that may be edited, how it is read back.
/// </summary>
internal sealed class GridCells(StatusScheme scheme)
{
    public const string RefHeading = "Ref";
    public const string EtagHeading = "Update etag";

    private static readonly Dictionary<Direction, string> Directions = new()
    {
        [Direction.Unspecified] = "",
        [Direction.Improved] = "Improved",
        [Direction.NoChange] = "No change",
        [Direction.Deteriorated] = "Deteriorated",
    };

    private readonly Dictionary<Status, string> _labels = Enum.GetValues<Status>().ToDictionary(
        s => s,
        s => s == Status.Unspecified ? "" : scheme.Statuses.FirstOrDefault(m => m.Status == s)?.Label is { Length: > 0 } label ? label : s.ToString());

    /// <summary>What an action is: shown, not read back.</summary>
    public static IReadOnlyList<(string Heading, Func<PlanActionEntity, string> Cell)> ActionColumns { get; } =
    [
        ("Theme", a => a.Theme.DisplayName),
        (RefHeading, a => a.Ref),
        ("Priority action", a => a.Title.Length > 0 ? a.Title : a.Parent?.Title ?? ""),
        ("OPCC lead", a => string.Join(" / ", a.OpccLeads)),
        ("Delivery lead", a => string.Join(" / ", a.DeliveryLeads.Select(l => l.Qualifier.Length == 0 ? l.Text : $"{l.Text} ({l.Qualifier})"))),
    ];

    /// <summary>What its lead reports: the columns that may be edited.</summary>
    public static IReadOnlyList<string> UpdateHeadings { get; } =
    [
        "Key delivery activities", "Status", "Status reason", "Direction of travel", "Wider partnership opportunities", "Evidence links",
        "Cross-references",
    ];

    /// <summary>The words that a status cell may have.</summary>
    public IEnumerable<string> StatusWords => _labels.Where(l => l.Key != Status.Unspecified).Select(l => l.Value);

    /// <summary>The words that a direction cell may have.</summary>
    public static IEnumerable<string> DirectionWords => Directions.Values.Where(w => w.Length > 0);

    /// <summary>The cells of an update under <see cref="UpdateHeadings"/>; empty ones where there is none.</summary>
    public string[] Of(ProgressUpdate? update) => update is null
        ? [.. UpdateHeadings.Select(_ => "")]
        :
        [
            update.Narrative,
            _labels[update.Status],
            update.StatusReason,
            Directions[update.Direction],
            update.Opportunities,
            string.Join('\n', update.EvidenceLinks),
            string.Join(", ", update.CrossReferences.Select(r => r[(r.LastIndexOf('/') + 1)..])),
        ];

    /// <summary>Writes an edited cell into an update; what is wrong with it, or null.</summary>
    public string? Write(ProgressUpdate update, int column, string cell, string plan)
    {
        switch (column)
        {
            case 0:
                update.Narrative = cell;
                return null;
            case 1:
                if (!_labels.Any(l => Is(l.Value, cell)))
                    return $"'{cell}' is no status of this plan: {string.Join(", ", StatusWords)}.";
                update.Status = _labels.First(l => Is(l.Value, cell)).Key;
                return null;
            case 2:
                update.StatusReason = cell;
                return null;
            case 3:
                if (!Directions.Values.Any(w => Is(w, cell)))
                    return $"'{cell}' is no direction of travel: {string.Join(", ", DirectionWords)}.";
                update.Direction = Directions.First(d => Is(d.Value, cell)).Key;
                return null;
            case 4:
                update.Opportunities = cell;
                return null;
            case 5:
                update.EvidenceLinks.Clear();
                update.EvidenceLinks.AddRange(cell.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                return null;
            default:
                update.CrossReferences.Clear();
                update.CrossReferences.AddRange(cell.Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
                    .Select(r => ServiceDefaults.Names.ResourceName.PlanAction.Of(plan, r)));
                return null;
        }
    }

    private static bool Is(string word, string cell) => string.Equals(word, cell.Trim(), StringComparison.OrdinalIgnoreCase);
}
