using PlanServices.Reporting.Features.Grid;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>What the periods before say, as far as an audience sees it.</summary>
internal static class Trends
{
    /// <summary>The leaves by status, period by period. Those that are leaves now are counted: what was retired since is in none.</summary>
    public static IEnumerable<TrendPoint> Of(IReadOnlyList<PlanState> periods, Audience audience)
    {
        foreach (var state in periods)
        {
            var counts = new Counts();
            foreach (var leaf in state.Leaves)
                counts.Add((leaf.Update is { } update ? Fact.Of(update) : Fact.None).SeenBy(audience), 1);

            yield return new TrendPoint { Period = state.Period.ToGridPeriod(), Statuses = counts.Statuses() };
        }
    }

    /// <summary>
    /// How many reports in a row are red, up to the newest, by leaf. A period without a status neither counts nor ends the row.
    /// </summary>
    public static Dictionary<string, int> RedPeriods(IReadOnlyList<PlanState> periods, Audience audience)
    {
        Dictionary<string, int> red = [];
        HashSet<string> ended = [];
        foreach (var leaf in periods.Reverse().SelectMany(p => p.Leaves).Select(l => SeenLeaf.Of(l, audience)))
        {
            var status = leaf.Update?.Status ?? Status.Unspecified;
            if (status == Status.Red && !ended.Contains(leaf.Action.Name))
                red[leaf.Action.Name] = red.GetValueOrDefault(leaf.Action.Name) + 1;
            else if (status != Status.Unspecified)
                ended.Add(leaf.Action.Name);
        }

        return red;
    }
}
