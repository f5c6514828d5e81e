using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;
using PlanServices.ServiceDefaults.Progress;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Dashboard.Features.Grid;

/// <summary>A row of the grid: a leaf with its update.</summary>
/// <param name="Position">Its place in the plan.</param>
/// <param name="Action">The leaf.</param>
/// <param name="Title">Its title, or its parent's where it has none.</param>
/// <param name="Theme">Its theme; null where it has none.</param>
/// <param name="Leads">Its delivery leads in a line, with who has taken their place.</param>
/// <param name="Update">What it reports; null where it reports nothing.</param>
/// <param name="Before">What it reported in the period before; null where it did not.</param>
/// <param name="HasBefore">Whether there is a period before.</param>
public sealed record LeafRow(
    int Position, PlanAction Action, string Title, Theme? Theme, string Leads, ProgressUpdate? Update, ProgressUpdate? Before, bool HasBefore)
{
    public Status Status => Update?.Status ?? Status.Unspecified;

    public Direction Direction => Update?.Direction ?? Direction.Unspecified;

    public State State => Update?.State ?? State.Unspecified;

    /// <summary>Whether its text is not that of the period before. What was only carried over is not new.</summary>
    public bool NewText => HasBefore && Update is { CarriedOverFrom: "" } && Update.Narrative.Length + Update.Opportunities.Length > 0
        && (Update.Narrative != (Before?.Narrative ?? "") || Update.Opportunities != (Before?.Opportunities ?? ""));

    /// <summary>Whether its status is not that of the period before.</summary>
    public bool NewStatus => HasBefore && Update is { CarriedOverFrom: "" } && Before is not null && Before.Status != Update.Status;

    /// <summary>Whether anything is new since the last report.</summary>
    public bool IsNew => NewText || NewStatus;
}

/// <summary>A line of the grid as it is shown.</summary>
/// <param name="Index">Its number among the lines, the heads of the columns being the first.</param>
/// <param name="Row">The leaf; null where the line is the heading of a theme.</param>
/// <param name="Theme">The heading.</param>
public sealed record GridLineModel(int Index, LeafRow? Row, string Theme);

/// <summary>The grid of a plan and period.</summary>
/// <param name="Rows">One a leaf that is pursued in the period or reported in it, in the plan's order.</param>
/// <param name="Themes">The plan's themes.</param>
/// <param name="Leads">The leads to choose from, by name.</param>
public sealed record GridModel(IReadOnlyList<LeafRow> Rows, IReadOnlyList<Theme> Themes, IReadOnlyList<string> Leads);

/// <summary>Reads the grid.</summary>
internal sealed class GridReader(Catalogue catalogue, Bodies bodies)
{
    public async Task<GridModel> ReadAsync(Place place, CancellationToken cancellationToken)
    {
        var plan = place.Plan!.Name;
        var themes = catalogue.ThemesAsync(plan, cancellationToken);
        var actions = catalogue.ActionsAsync(place.Plan, cancellationToken);
        var updates = catalogue.UpdatesByActionAsync(plan, place.Period, cancellationToken);
        var before = catalogue.UpdatesByActionAsync(plan, place.Earlier, cancellationToken);
        await Task.WhenAll(themes, actions, updates, before);
        var successors = await bodies.SuccessorsAsync(await actions, cancellationToken);
        return Make(place.Period, await themes, await actions, await updates, await before, place.Earlier is not null, successors);
    }

    /// <summary>Puts the lists together.</summary>
    public static GridModel Make(
        Period? period,
        IReadOnlyList<Theme> themes,
        IReadOnlyList<PlanAction> actions,
        Dictionary<string, ProgressUpdate> updates,
        Dictionary<string, ProgressUpdate> before,
        bool hasBefore,
        IReadOnlyDictionary<string, string> successors)
    {
        var titles = actions.ToDictionary(a => a.Name, a => a.Title);
        var byName = themes.ToDictionary(t => t.Name);
        var rows = actions
            .Where(a => a.IsPursuedIn(period) || (updates.TryGetValue(a.Name, out var update) && LeafRules.IsReport(update)))
            .Select(a => a.AsReported())
            .Select((a, i) => new LeafRow(
                i,
                a,
                a.Title.Length > 0 ? a.Title : titles.GetValueOrDefault(a.ParentAction, ""),
                byName.GetValueOrDefault(a.Theme),
                Words.Of(a.DeliveryLeads, successors),
                updates.GetValueOrDefault(a.Name),
                before.GetValueOrDefault(a.Name),
                hasBefore))
            .ToArray();
        var leads = rows
            .SelectMany(r => r.Action.DeliveryLeads.Select(l => l.Text).Concat(r.Action.OpccLeads))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return new GridModel(rows, themes, leads);
    }
}
