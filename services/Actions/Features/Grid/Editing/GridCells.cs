using System.Text.RegularExpressions;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>
/// The columns of a grid that is written for people to edit: what each shows, and of those that may be edited, how it is read back.
/// </summary>
internal sealed partial class GridCells(StatusScheme scheme)
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

    private readonly Dictionary<string, Status> _read = StatusSchemes.Labels(scheme);
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
            string.Join(", ", update.CrossReferences.Select(Id)),
        ];

    /// <summary>Whether a cell still shows a text. A mark that stands in the place of one that is too long for a cell is not edited.</summary>
    public static bool Same(string cell, string shown) =>
        cell == shown.ReplaceLineEndings("\n") || cell == Exporting.XlsxSheet.CellText(shown).ReplaceLineEndings("\n");

    /// <summary>Writes an edited cell into an update; what is wrong with it, or null.</summary>
    /// <param name="update">The update.</param>
    /// <param name="column">Which of <see cref="UpdateHeadings"/>.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="plan">The plan's id.</param>
    /// <param name="refs">The refs that the plan has.</param>
    public string? Write(ProgressUpdate update, int column, string cell, string plan, IReadOnlySet<string> refs)
    {
        switch (column)
        {
            case 0:
                update.Narrative = cell;
                return null;
            case 1:
                // Other words for it are read as in any other grid.
                if ((_labels.Any(l => Is(l.Value, cell)) ? _labels.First(l => Is(l.Value, cell)).Key : Statuses.StatusOf(cell, _read)) is not { } status)
                    return $"'{cell}' is no status of this plan: {string.Join(", ", StatusWords)}.";
                update.Status = status;
                return null;
            case 2:
                update.StatusReason = cell;
                return null;
            case 3:
                if (Statuses.DirectionOf(cell) is not { } direction)
                    return $"'{cell}' is no direction of travel: {string.Join(", ", DirectionWords)}.";
                update.Direction = direction;
                return null;
            case 4:
                update.Opportunities = cell;
                return null;
            case 5:
                update.EvidenceLinks.Clear();
                update.EvidenceLinks.AddRange(cell.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                return null;
            default:
                var words = Dividers().Split(cell).Where(w => w.Length > 0).ToArray();
                var named = words.Select(w => RefOf(w, update, refs)).ToArray();
                if (Array.IndexOf(named, null) is >= 0 and var at)
                    return $"'{words[at]}' is no ref of an action.";
                FieldSet.Replace(update.CrossReferences, [.. named.Distinct().Select(r => ResourceName.PlanAction.Of(plan, r!))]);
                return null;
        }
    }

    // One that the plan has, or that stood there before; else what has the form of a ref, of which the update then warns.
    private static string? RefOf(string word, ProgressUpdate update, IReadOnlySet<string> refs) =>
        refs.Contains(word) || update.CrossReferences.Any(r => Id(r) == word) ? word
        : RefText.Normalise(word) is var text && refs.Contains(text) ? text
        : RefText.Plain(word) is { Prefix.Length: > 0 } plain ? plain.ToString() : null;

    private static string Id(string name) => name[(name.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"[\s,;/]+")]
    private static partial Regex Dividers();

    private static bool Is(string word, string cell) => string.Equals(word, cell.Trim(), StringComparison.OrdinalIgnoreCase);
}
