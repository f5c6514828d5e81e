using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Progress;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Reporting.Features.Attention;

/// <summary>What a leaf reported before a period.</summary>
/// <param name="RedPeriods">How many reports in a row are red, up to the period.</param>
/// <param name="Last">Its last report before the period that was sent in or approved; null where there is none.</param>
internal sealed record EarlierReports(int RedPeriods, LastReport? Last);

/// <summary>Finds in memory what each leaf last reported, and reads the text of that alone.</summary>
internal sealed class LastReports(PlanModels plans, IDbContextFactory<ReportingContext> contexts)
{
    /// <summary>For each leaf, by name, what it reported before the state's period; null while memory is of another revision.</summary>
    public async Task<IReadOnlyDictionary<string, EarlierReports>?> TryReadAsync(PlanState state, CancellationToken cancellationToken)
    {
        if (Find(state) is not { } found)
            return null;

        var keys = found.Where(f => f.Key > 0).Select(f => f.Key).ToArray();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var texts = await db.Updates.AsNoTracking().Where(u => keys.Contains(u.Id))
            .ToDictionaryAsync(u => u.Id, u => ProgressUpdate.Parser.ParseFrom(u.Message), cancellationToken);
        return found.ToDictionary(
            f => f.Leaf,
            f => new EarlierReports(f.Red, texts.TryGetValue(f.Key, out var update) ? new LastReport(update.Status, update.Narrative) : null));
    }

    private List<(string Leaf, int Red, long Key)>? Find(PlanState state)
    {
        if (plans.Find(state.Plan.Name) is not { } plan)
            return null;

        lock (plan.Lock)
        {
            if (plan.Revision != state.Revision)
                return null;

            var periods = plan.Order.Periods;
            var place = periods.ToList().FindIndex(p => p.Period!.Name == state.Period.Name);
            return place < 0 ? [] : [.. plan.Order.LeavesOf(periods[place]).Select(leaf => (
                leaf.Name,
                LeafHistory.RedRow(periods, place, leaf, Audience.Board).Periods,
                KeyOfLast(periods, place - 1, leaf)))];
        }
    }

    private static long KeyOfLast(IReadOnlyList<PeriodModel> periods, int last, ActionModel leaf)
    {
        for (var i = last; i >= 0; i--)
        {
            if (periods[i][leaf.Place].State is State.Submitted or State.Approved)
                return FollowedUpdate.Key(periods[i].Key, leaf.Key);
        }

        return 0;
    }
}
