using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Progress;

namespace PlanServices.Reporting.Features.Model;

/// <summary>A delivery lead as figures know it: by its entry in the directory, or else by its text.</summary>
internal readonly record struct LeadKey(string Partner, string Text)
{
    public static LeadKey Of(DeliveryLead lead) => new(lead.Partner, lead.Partner.Length > 0 ? "" : lead.Text);
}

/// <summary>
/// An action, and under what it is counted in the periods that are about it: see <see cref="LeafRules"/>. What was retired or divided
/// since is still what it was then. An action that names a body twice counts once for it.
/// </summary>
/// <param name="Action">The action.</param>
/// <param name="Leads">Its leads, each once.</param>
internal sealed record LeafGroups(PlanAction Action, LeadKey[] Leads)
{
    public string Theme => Action.Theme;

    /// <summary>Whether it counts in a period in which this is its fact.</summary>
    public bool Counts(Period? period, Fact fact) => fact.IsReport || Action.IsPursuedIn(period);

    public static LeafGroups Of(PlanAction action) => new(action, [.. action.DeliveryLeads.Select(LeadKey.Of).Distinct()]);
}
