using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Summaries;

/// <summary>Counts a plan's leaves. Each leaf counts once in the total, in its theme, and in each of its leads.</summary>
internal static class Summaries
{
    public static StatusSummary Of(PlanState state, IReadOnlyDictionary<string, string> partnerNames)
    {
        var byTheme = state.Leaves.ToLookup(l => l.Action.Theme);
        var summary = new StatusSummary
        {
            Name = $"{state.Period.Name}/summary",
            PlanDisplayName = state.Plan.DisplayName,
            PeriodDisplayName = state.Period.DisplayName,
            AsAtDate = state.Period.AsAtDate,
            Total = Count(state.Leaves),
            Revision = state.Revision,
            UpdateTime = Timestamp.FromDateTime(state.ChangeTime),
        };
        summary.Themes.AddRange(state.Themes.Select(t =>
            new ThemeTally { Theme = t.Name, DisplayName = t.DisplayName, Tally = Count(byTheme[t.Name]) }));

        var known = state.Themes.Select(t => t.Name).ToHashSet();
        var without = state.Leaves.Where(l => !known.Contains(l.Action.Theme)).ToList();
        if (without.Count > 0)
            summary.Themes.Add(new ThemeTally { Tally = Count(without) });

        summary.Leads.AddRange(Leads(state, partnerNames));
        return summary;
    }

    private static IEnumerable<LeadTally> Leads(PlanState state, IReadOnlyDictionary<string, string> partnerNames)
    {
        // A body is known by its entry in the directory, or else by its text; an action that names it twice counts once for it.
        var tallies = state.Leaves
            .SelectMany(leaf => leaf.Action.DeliveryLeads
                .DistinctBy(KeyOf)
                .Select(lead => (Lead: lead, Leaf: leaf)))
            .GroupBy(l => KeyOf(l.Lead))
            .Select(g => new LeadTally
            {
                Partner = g.Key.Partner,
                DisplayName = partnerNames.GetValueOrDefault(g.Key.Partner, g.First().Lead.Text),
                Tally = Count(g.Select(l => l.Leaf)),
            })
            .OrderBy(l => l.DisplayName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(l => l.Partner, StringComparer.Ordinal);
        var without = state.Leaves.Where(l => l.Action.DeliveryLeads.Count == 0).ToList();
        return without.Count == 0 ? tallies : tallies.Append(new LeadTally { Tally = Count(without) });
    }

    private static (string Partner, string Text) KeyOf(DeliveryLead lead) => (lead.Partner, lead.Partner.Length > 0 ? "" : lead.Text);

    private static Tally Count(IEnumerable<LeafState> leaves)
    {
        var tally = new Tally { Statuses = new StatusCounts(), Directions = new DirectionCounts(), States = new StateCounts() };
        foreach (var leaf in leaves)
        {
            tally.Leaves++;
            Count(tally.Statuses, leaf.Update?.Status ?? ProgressUpdate.Types.Status.Unspecified);
            Count(tally.Directions, leaf.Update?.Direction ?? ProgressUpdate.Types.Direction.Unspecified);
            Count(tally.States, leaf.Update?.State);
        }

        return tally;
    }

    private static int Count(StatusCounts counts, ProgressUpdate.Types.Status status) => status switch
    {
        ProgressUpdate.Types.Status.Red => counts.Red++,
        ProgressUpdate.Types.Status.Amber => counts.Amber++,
        ProgressUpdate.Types.Status.Green => counts.Green++,
        ProgressUpdate.Types.Status.NotStarted => counts.NotStarted++,
        ProgressUpdate.Types.Status.Complete => counts.Complete++,
        ProgressUpdate.Types.Status.NotRated => counts.NotRated++,
        _ => counts.NotRecorded++,
    };

    private static int Count(DirectionCounts counts, ProgressUpdate.Types.Direction direction) => direction switch
    {
        ProgressUpdate.Types.Direction.Improved => counts.Improved++,
        ProgressUpdate.Types.Direction.NoChange => counts.NoChange++,
        ProgressUpdate.Types.Direction.Deteriorated => counts.Deteriorated++,
        _ => counts.NotRecorded++,
    };

    private static int Count(StateCounts counts, ProgressUpdate.Types.State? state) => state switch
    {
        ProgressUpdate.Types.State.Draft => counts.Draft++,
        ProgressUpdate.Types.State.Submitted => counts.Submitted++,
        ProgressUpdate.Types.State.Returned => counts.Returned++,
        ProgressUpdate.Types.State.Approved => counts.Approved++,
        _ => counts.NoUpdate++,
    };
}
