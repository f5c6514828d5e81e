using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;
using PlanServices.Reporting.V1;

namespace PlanServices.Dashboard.Features.Overview;

/// <summary>What the overview shows.</summary>
/// <param name="Summary">The figures of the period.</param>
/// <param name="Earlier">The figures of the periods up to this one, oldest first.</param>
/// <param name="Attention">The most urgent leaves.</param>
/// <param name="Owed">Who still owes an update.</param>
public sealed record OverviewModel(
    StatusSummary Summary,
    IReadOnlyList<(Period Period, StatusSummary Summary)> Earlier,
    Part<ListAttentionItemsResponse> Attention,
    Part<RoundState> Owed);

/// <summary>How complete the round is.</summary>
/// <param name="Asked">The leaves that are to report.</param>
/// <param name="Owing">Those that have not.</param>
/// <param name="Overdue">Those of them whose due date has passed.</param>
public sealed record RoundState(int Asked, int Owing, int Overdue);

/// <summary>Reads the overview.</summary>
internal sealed class OverviewReader(ReportService.ReportServiceClient reports, ProgressService.ProgressServiceClient progress, Calls calls)
{
    private const int TrendPeriods = 6;
    private const int Urgent = 6;

    public async Task<OverviewModel> ReadAsync(Place place, CancellationToken cancellationToken)
    {
        var (plan, period) = (place.Plan!, place.Period!);
        var periods = place.Periods.SkipWhile(p => p.Name != period.Name).Take(TrendPeriods).Reverse().ToArray();
        var summaries = Task.WhenAll(periods.Select(p => SummaryAsync(plan, p, cancellationToken)));
        var urgent = AttentionAsync(plan, period, cancellationToken);
        var round = RoundAsync(period, cancellationToken);
        await Task.WhenAll(summaries, urgent, round);
        var read = await summaries;
        return new OverviewModel(read[^1], [.. periods.Zip(read)], await urgent, await round);
    }

    /// <summary>The parts that change with the figures, read again.</summary>
    public async Task<OverviewModel> FollowAsync(OverviewModel model, StatusSummary summary, Place place, CancellationToken cancellationToken)
    {
        var urgent = AttentionAsync(place.Plan!, place.Period!, cancellationToken);
        var round = RoundAsync(place.Period!, cancellationToken);
        return model with
        {
            Summary = summary,
            Earlier = [.. model.Earlier.Select(e => e.Period.Name == place.Period!.Name ? (e.Period, summary) : e)],
            Attention = await urgent,
            Owed = await round,
        };
    }

    private async Task<StatusSummary> SummaryAsync(Plan plan, Period period, CancellationToken cancellationToken) =>
        await reports.GetStatusSummaryAsync(new GetStatusSummaryRequest { Name = $"{period.Name}/summary" }, calls.AtLeast(plan, cancellationToken));

    private Task<Part<ListAttentionItemsResponse>> AttentionAsync(Plan plan, Period period, CancellationToken cancellationToken) =>
        Part.ReadAsync<ListAttentionItemsResponse>(
            async () => await reports.ListAttentionItemsAsync(
                new ListAttentionItemsRequest { Parent = period.Name, PageSize = Urgent }, calls.AtLeast(plan, cancellationToken)),
            cancellationToken);

    // The list comes in the plan's order, and every leaf of a period falls due on the same day.
    private Task<Part<RoundState>> RoundAsync(Period period, CancellationToken cancellationToken) => Part.ReadAsync<RoundState>(
        async () =>
        {
            var owed = await progress.ListOwedUpdatesAsync(
                new ListOwedUpdatesRequest { Parent = period.Name, PageSize = 1 }, calls.Options(cancellationToken));
            var late = owed.OwedUpdates.Any(o => o.DaysLate > 0);
            return new RoundState(owed.TotalLeaves - owed.TotalComplete, owed.TotalSize, late ? owed.TotalSize : 0);
        },
        cancellationToken);
}
