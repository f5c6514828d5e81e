using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Summaries;

/// <summary>
/// How an action with sub-actions stands: as the worst of them, from the worst: red, amber, not started, green, complete. What is not
/// rated, not recorded or not shown is no standing; it neither hides a bad one nor passes for a good one.
/// </summary>
internal static class Standings
{
    /// <summary>How bad a status is, 0 the worst; null where it is no standing.</summary>
    public static int? Rank(Status status) => status switch
    {
        Status.Red => 0,
        Status.Amber => 1,
        Status.NotStarted => 2,
        Status.Green => 3,
        Status.Complete => 4,
        _ => null,
    };

    /// <summary>The standing of a parent.</summary>
    /// <param name="parent">Its name.</param>
    /// <param name="children">The refs and facts of its sub-actions that are pursued, in the plan's order.</param>
    /// <param name="audience">Who sees it.</param>
    public static ParentStanding Of(string parent, IEnumerable<(string Ref, Fact Fact)> children, Audience audience)
    {
        var standing = new ParentStanding { PlanAction = parent, Ref = parent[(parent.LastIndexOf('/') + 1)..] };
        var worst = int.MaxValue;
        var withoutAny = new HashSet<Status>();
        foreach (var (reference, fact) in children)
        {
            standing.Leaves++;
            var seen = fact.SeenBy(audience);
            if (Rank(seen.Status) is not { } rank)
            {
                standing.WithoutStatus++;
                withoutAny.Add(seen.Status);
            }
            else if (rank < worst)
            {
                (worst, standing.Status, standing.WorstRef) = (rank, seen.Status, reference);
            }
        }

        // Where all are deliberately not rated, so is the whole; one that is not recorded leaves the whole not recorded.
        if (worst == int.MaxValue && withoutAny is { Count: 1 } && withoutAny.Contains(Status.NotRated))
            standing.Status = Status.NotRated;
        return standing;
    }
}
