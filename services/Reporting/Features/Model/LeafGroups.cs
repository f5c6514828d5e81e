using PlanServices.Actions.V1;

namespace PlanServices.Reporting.Features.Model;

/// <summary>A delivery lead as figures know it: by its entry in the directory, or else by its text.</summary>
internal readonly record struct LeadKey(string Partner, string Text)
{
    public static LeadKey Of(DeliveryLead lead) => new(lead.Partner, lead.Partner.Length > 0 ? "" : lead.Text);
}

/// <summary>
/// Under what an action is counted: a leaf that is pursued in every period, any other action in those in which it reported. What was retired
/// or divided since is still what it was then. An action that names a body twice counts once for it.
/// </summary>
/// <param name="Pursued">It is a leaf that is pursued.</param>
/// <param name="Theme">Its theme's name.</param>
/// <param name="Leads">Its leads, each once.</param>
/// <param name="LeadTexts">How each lead is written, in the same order.</param>
internal sealed record LeafGroups(bool Pursued, string Theme, LeadKey[] Leads, string[] LeadTexts)
{
    public static bool IsPursued(PlanAction action) => action.Leaf && action.State != PlanAction.Types.State.Retired;

    /// <summary>Whether it counts in a period in which this is its fact.</summary>
    public bool Counts(Fact fact) => Pursued || fact.IsReport;

    public static LeafGroups Of(PlanAction action)
    {
        var leads = action.DeliveryLeads.DistinctBy(LeadKey.Of).ToArray();
        return new LeafGroups(IsPursued(action), action.Theme, [.. leads.Select(LeadKey.Of)], [.. leads.Select(l => l.Text)]);
    }
}
