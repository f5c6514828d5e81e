using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Reporting.Features.Model;

/// <summary>What is in a plan, in the order in which it is printed.</summary>
/// <param name="Themes">The themes.</param>
/// <param name="Actions">The actions, whatever they are now: see <see cref="LeavesOf"/>.</param>
/// <param name="Families">The actions with sub-actions: their names, each with those.</param>
/// <param name="Periods">The periods that are there, oldest first.</param>
internal sealed record PlanOrder(
    IReadOnlyList<Theme> Themes,
    IReadOnlyList<ActionModel> Actions,
    IReadOnlyList<IGrouping<string, ActionModel>> Families,
    IReadOnlyList<PeriodModel> Periods)
{
    public static PlanOrder Of(IEnumerable<Theme> themes, IEnumerable<ActionModel> actions, IEnumerable<PeriodModel> periods)
    {
        var ordered = themes.OrderBy(t => t.Position).ThenBy(t => t.Name, StringComparer.Ordinal).ToArray();
        var positions = ordered.ToDictionary(t => t.Name, t => t.Position);
        var there = actions
            .Where(a => a.Groups is not null)
            .OrderBy(a => RefOrder.Key(positions.GetValueOrDefault(a.Action!.Theme, int.MaxValue), a.Action.Ref), StringComparer.Ordinal)
            .ToArray();
        return new PlanOrder(
            ordered,
            there,
            [.. there.Where(a => a.Action!.ParentAction.Length > 0).GroupBy(a => a.Action!.ParentAction)],
            [.. periods.Where(p => p.Period is not null).OrderBy(p => p.Id, StringComparer.Ordinal)]);
    }

    /// <summary>The leaves that count in a period.</summary>
    public IEnumerable<ActionModel> LeavesOf(PeriodModel period) => Actions.Where(period.Counts);

    /// <summary>What people call each theme, by its name.</summary>
    public string NameOfTheme(string theme) => Themes.FirstOrDefault(t => t.Name == theme)?.DisplayName ?? "";
}
