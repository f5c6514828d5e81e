using PlanServices.Partners.V1;

namespace PlanServices.Partners.Features.Leads;

/// <summary>What the resolver found, as messages.</summary>
internal static class LeadMapping
{
    public static LeadResolution ToMessage(string cell, IEnumerable<ResolvedText> leads) =>
        new() { Text = cell, Leads = { leads.Select(ToMessage) } };

    private static ResolvedLead ToMessage(ResolvedText lead) => new()
    {
        Text = lead.Text,
        Qualifier = lead.Qualifier,
        Match = lead.Match,
        Partner = lead.Found?.Partner.Name ?? "",
        Confidence = Round(lead.Found?.Nearness ?? 0),
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
