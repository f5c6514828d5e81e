using PlanServices.Reporting.Features.Reports.Pages;

namespace PlanServices.Reporting.Features.Reports.Charts;

/// <summary>A picture's numbers: a layer or line for each status, and the same in words.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Categories">The bars, or the periods.</param>
/// <param name="Series">The layers or lines, with a number for each category.</param>
/// <param name="Alternative">The picture in words.</param>
internal sealed record ChartData(
    string Title, IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series, string Alternative)
{
    /// <summary>The statuses of each theme's actions. Null where there are none.</summary>
    public static ChartData? StatusByTheme(ReportView view)
    {
        var themes = view.Summary.Themes.Where(t => t.Tally.Leaves > 0).ToList();
        var series = Of(view.Kinds, themes.Select(t => t.Tally.Statuses).ToList());
        if (series.Count == 0)
            return null;

        var names = themes.Select(t => ReportView.Name(t.DisplayName)).ToList();
        return new ChartData("Status by theme", names, series, Words("Bars of the actions of each theme by status.", names, series));
    }

    /// <summary>The statuses over the last periods. Null where there is only one period.</summary>
    public static ChartData? Trend(ReportView view)
    {
        var points = view.Report.Trend;
        if (points.Count < 2)
            return null;

        // The first line is drawn above all others.
        var series = Of(view.Kinds.OrderByDescending(k => k.IsRed), points.Select(p => p.Statuses).ToList());
        var names = points.Select(p => p.Period.DisplayName).ToList();
        return new ChartData("Status over the periods", names, series, Words("Lines of the number of actions in each status.", names, series));
    }

    private static List<ChartSeries> Of(IEnumerable<StatusKind> kinds, List<V1.StatusCounts> counts) =>
    [
        .. kinds
            .Select(kind => new ChartSeries(kind.Mark, [.. counts.Select(kind.Count)]))
            .Where(series => series.Values.Any(v => v > 0)),
    ];

    private static string Words(string what, List<string> names, List<ChartSeries> series) =>
        $"{what} {string.Join(" ", names.Select((name, i) => $"{name}: {string.Join(", ", series.Where(s => s.Values[i] > 0).Select(s => $"{s.Values[i]} {s.Mark.Label}"))}."))}";
}

/// <summary>A layer or line.</summary>
/// <param name="Mark">The status.</param>
/// <param name="Values">A number for each category.</param>
internal sealed record ChartSeries(StatusMark Mark, IReadOnlyList<int> Values);
