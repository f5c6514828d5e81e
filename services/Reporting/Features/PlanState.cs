using PlanServices.Actions.V1;

namespace PlanServices.Reporting.Features;

/// <summary>A plan in a period, at one revision: what every figure and report is made of.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Period">The period.</param>
/// <param name="Periods">The plan's periods.</param>
/// <param name="Themes">The plan's themes, in its order.</param>
/// <param name="Leaves">The leaves that are pursued in the period, and those that reported, in the plan's order, each with its update for the period where there is one.</param>
/// <param name="Actions">All actions by name, parents among them.</param>
/// <param name="Revision">The plan's revision.</param>
/// <param name="ChangeTime">When it was made.</param>
internal sealed record PlanState(
    Plan Plan,
    Period Period,
    IReadOnlyList<Period> Periods,
    IReadOnlyList<Theme> Themes,
    IReadOnlyList<LeafState> Leaves,
    IReadOnlyDictionary<string, PlanAction> Actions,
    long Revision,
    DateTime ChangeTime);

/// <summary>A leaf and its update.</summary>
internal sealed record LeafState(PlanAction Action, ProgressUpdate? Update);
