using PlanServices.Reporting.Features.Grid;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>What the periods up to a report's own say, as far as its audience sees it.</summary>
/// <param name="Points">The leaves by status in the last periods, oldest first.</param>
/// <param name="RedPeriods">How many reports in a row are red, by the names of the leaves that are.</param>
internal sealed record Trends(IReadOnlyList<TrendPoint> Points, IReadOnlyDictionary<string, int> RedPeriods)
{
    private const int MostPeriods = 12;

    /// <summary>
    /// The trend of a plan in memory: from its facts, without a text read. The plan's lock must be held.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="last">The id of the period that is reported.</param>
    /// <param name="audience">For whom.</param>
    public static Trends Of(PlanModel plan, string last, Audience audience)
    {
        var (order, periods) = (plan.Order, plan.Order.Periods.Where(p => string.CompareOrdinal(p.Id, last) <= 0).ToArray());
        return new Trends(
            [.. periods.TakeLast(MostPeriods).Select(period => Point(period, order, audience))],
            order.Actions.Select(leaf => (leaf.Name, LeafHistory.RedRow(periods, periods.Length - 1, leaf, audience).Periods))
                .Where(red => red.Periods > 0)
                .ToDictionary(red => red.Name, red => red.Periods));
    }

    private static TrendPoint Point(PeriodModel period, PlanOrder order, Audience audience)
    {
        var counts = new Counts();
        foreach (var leaf in order.LeavesOf(period))
            counts.Add(period[leaf.Place].SeenBy(audience), 1);

        return new TrendPoint { Period = period.ToGridPeriod(), Statuses = counts.Statuses() };
    }
}
