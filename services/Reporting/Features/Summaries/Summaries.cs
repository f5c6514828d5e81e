using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Summaries;

/// <summary>Makes summaries out of counts. Each leaf counts once in the total, in its theme, and in each of its leads.</summary>
internal static class Summaries
{
    /// <summary>The summary of a plan in memory, from the counts that are kept. The plan's lock must be held.</summary>
    public static StatusSummary Of(PlanModel plan, PeriodModel period, Audience audience, PartnerDirectory directory)
    {
        var order = plan.Order;
        var governance = directory.On(period.Day);
        var counters = period.Counters(audience, governance, order.Actions);
        var summary = New(plan.Plan!, period.Period!, plan.Revision, plan.ChangeTime, order.Themes, counters, directory);
        summary.Leads.AddRange(LeadTallies.Of(
            counters, key => order.LeavesOf(period).SelectMany(l => l.Action!.DeliveryLeads).FirstOrDefault(l => LeadKey.Of(l) == key)?.Text));
        summary.Parents.AddRange(order.Families
            .Select(family => (family.Key, Children: family.Where(period.Counts).ToArray()))
            .Where(family => family.Children.Length > 0)
            .Select(family => Standings.Of(family.Key, family.Children.Select(child => (child.Action!.Ref, period[child.Place])), audience)));
        return summary;
    }

    /// <summary>The summary of a plan as it was read from the database, counted from nothing.</summary>
    public static StatusSummary Of(PlanState state, PartnerDirectory directory, Audience audience = Audience.Board)
    {
        var period = new PeriodModel(0, state.Period.Name[(state.Period.Name.LastIndexOf('/') + 1)..]) { Period = state.Period };
        var counters = new PeriodCounters(audience, directory.On(period.Day));
        foreach (var leaf in state.Leaves)
            counters.Add(LeafGroups.Of(leaf.Action), FactOf(leaf));

        var summary = New(state.Plan, state.Period, state.Revision, state.ChangeTime, state.Themes, counters, directory);
        summary.Leads.AddRange(LeadTallies.Of(
            counters, key => state.Leaves.SelectMany(l => l.Action.DeliveryLeads).FirstOrDefault(l => LeadKey.Of(l) == key)?.Text));
        summary.Parents.AddRange(state.Leaves.Where(l => l.Action.ParentAction.Length > 0).GroupBy(l => l.Action.ParentAction)
            .Select(family => Standings.Of(family.Key, family.Select(l => (l.Action.Ref, FactOf(l))), audience)));
        return summary;
    }

    private static Fact FactOf(LeafState leaf) => leaf.Update is { } update ? Fact.Of(update) : Fact.None;

    private static StatusSummary New(
        Plan plan, Period period, long revision, DateTime changeTime, IReadOnlyList<Theme> themes, PeriodCounters counters, PartnerDirectory directory)
    {
        var summary = new StatusSummary
        {
            Name = $"{period.Name}/summary",
            PlanDisplayName = plan.DisplayName,
            PeriodDisplayName = period.DisplayName,
            AsAtDate = period.AsAtDate,
            Total = counters.Total.ToTally(),
            Revision = revision,
            UpdateTime = Timestamp.FromDateTime(changeTime),
            Directory = directory.State,
            Audience = counters.Audience,
        };
        var none = new Counts();
        summary.Themes.AddRange(themes.Select(t => new ThemeTally
        {
            Theme = t.Name,
            DisplayName = t.DisplayName,
            Tally = counters.Themes.GetValueOrDefault(t.Name, none).ToTally(),
        }));

        // A theme that is not in the plan is none.
        var known = themes.Select(t => t.Name).ToHashSet();
        var without = counters.Themes.Where(t => !known.Contains(t.Key)).Select(t => t.Value).ToArray();
        if (without.Length > 0)
            summary.Themes.Add(new ThemeTally { Tally = Counts.Sum(without).ToTally() });
        return summary;
    }
}
