using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;
using Trend = PlanServices.Reporting.V1.GridRow.Types.Trend;

namespace PlanServices.Reporting.Features.Model;

/// <summary>What a leaf's statuses over the periods say.</summary>
internal static class LeafHistory
{
    /// <summary>
    /// How many reports in a row are red, up to the newest, and the period of the first of them. A period without a status neither
    /// counts nor ends the row; one whose status is not shown to the audience ends it, as any other status may have stood there.
    /// </summary>
    /// <param name="periods">The plan's periods, oldest first.</param>
    /// <param name="last">The place of the newest that is looked at.</param>
    /// <param name="leaf">The leaf.</param>
    /// <param name="audience">Who looks.</param>
    public static (int Periods, PeriodModel? Since) RedRow(IReadOnlyList<PeriodModel> periods, int last, ActionModel leaf, Audience audience)
    {
        var (count, since) = (0, (PeriodModel?)null);
        for (var i = last; i >= 0; i--)
        {
            var seen = periods[i][leaf.Place].SeenBy(audience);
            if (seen.Status == Status.Red)
                (count, since) = (count + 1, periods[i]);
            else if (seen.StatusHidden || seen.Status != Status.Unspecified)
                break;
        }

        return (count, since);
    }

    /// <summary>What the last two statuses that can be compared say.</summary>
    public static Trend TrendOf(IEnumerable<Status> statuses)
    {
        int? before = null, now = null;
        foreach (var status in statuses)
        {
            if (Rank(status) is { } rank)
                (before, now) = (now, rank);
        }

        return before is { } was && now is { } isNow
            ? isNow > was ? Trend.Better : isNow < was ? Trend.Worse : Trend.Level
            : Trend.Unspecified;
    }

    // Only these can be compared, from the worst.
    private static int? Rank(Status status) => status switch
    {
        Status.Red => 1,
        Status.Amber => 2,
        Status.Green => 3,
        Status.Complete => 4,
        _ => null,
    };
}
