using PlanServices.Partners.V1;

namespace PlanServices.Partners.Features.Leads;

/// <summary>What the resolver found, as messages.</summary>
internal static class LeadMapping
{
    public static LeadResolution ToMessage(string cell, IEnumerable<ResolvedText> leads, Func<Partner, IEnumerable<string>> successorsOf) =>
        new() { Text = cell, Leads = { leads.Select(l => ToMessage(l, successorsOf)) } };

    private static ResolvedLead ToMessage(ResolvedText lead, Func<Partner, IEnumerable<string>> successorsOf) => new()
    {
        Text = lead.Text,
        Qualifier = lead.Qualifier,
        Match = lead.Match,
        Partner = lead.Found?.Partner.Name ?? "",
        Confidence = Round(lead.Found?.Nearness ?? 0),
        Settled = lead.IsSettled,
        Successors = { lead.Found is { } found ? successorsOf(found.Partner) : [] },
        Candidates =
        {
            lead.Candidates.Select(c => new LeadCandidate
            {
                Partner = c.Partner.Name,
                DisplayName = c.Partner.DisplayName,
                Confidence = Round(c.Nearness),
                Reason = c.Reason,
            }),
        },
    };

    private static double Round(double nearness) => Math.Round(nearness, 3);
}
