using PlanServices.Actions.V1;

namespace PlanServices.Reporting.Features.Model;

/// <summary>A delivery lead as figures know it: by its entry in the directory, or else by its text.</summary>
internal readonly record struct LeadKey(string Partner, string Text)
{
    public static LeadKey Of(DeliveryLead lead) => new(lead.Partner, lead.Partner.Length > 0 ? "" : lead.Text);
}

/// <summary>Under what a leaf is counted. An action that names a body twice counts once for it.</summary>
/// <param name="Theme">Its theme's name.</param>
/// <param name="Leads">Its leads, each once.</param>
/// <param name="LeadTexts">How each lead is written, in the same order.</param>
internal sealed record LeafGroups(string Theme, LeadKey[] Leads, string[] LeadTexts)
{
    public static LeafGroups Of(PlanAction action)
    {
        var leads = action.DeliveryLeads.DistinctBy(LeadKey.Of).ToArray();
        return new LeafGroups(action.Theme, [.. leads.Select(LeadKey.Of)], [.. leads.Select(l => l.Text)]);
    }
}
