using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Summaries;

/// <summary>The rows of a summary by lead: what each leads itself, and what it and the bodies below it lead.</summary>
internal static class LeadTallies
{
    /// <summary>By name; leaves without a lead are the last row.</summary>
    /// <param name="counters">The counts.</param>
    /// <param name="textOf">How a lead is written in the plan, for one that the directory does not know.</param>
    public static IEnumerable<LeadTally> Of(PeriodCounters counters, Func<LeadKey, string?> textOf)
    {
        var none = new Counts();
        var governance = counters.Governance;
        var rows = counters.Leads.Keys
            .Concat(counters.RolledUp.Keys.Select(partner => new LeadKey(partner, "")))
            .Where(key => key != default)
            .Distinct()
            .Select(key =>
            {
                var row = new LeadTally
                {
                    Partner = key.Partner,
                    DisplayName = key.Partner.Length == 0 ? key.Text : governance.Names.GetValueOrDefault(key.Partner) ?? textOf(key) ?? key.Partner,
                    Tally = counters.Leads.GetValueOrDefault(key, none).ToTally(),
                };
                if (key.Partner.Length > 0 && governance.IsKnown)
                    row.RolledUpTally = counters.RolledUp.GetValueOrDefault(key.Partner, none).ToTally();
                row.Parents.AddRange(governance.ParentsOf(key.Partner));
                return row;
            })
            .OrderBy(row => row.DisplayName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(row => row.Partner, StringComparer.Ordinal)
            .ThenBy(row => row.DisplayName, StringComparer.Ordinal);
        return counters.Leads.TryGetValue(default, out var without) ? rows.Append(new LeadTally { Tally = without.ToTally() }) : rows;
    }
}
