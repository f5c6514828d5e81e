using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>Actions as the contract has them. The entity's theme and parent must be loaded.</summary>
internal static class PlanActionMapping
{
    public static PlanAction ToMessage(this PlanActionEntity action, string planSlug) => new()
    {
        Name = ResourceName.PlanAction.Of(planSlug, action.Ref),
        Ref = action.Ref,
        Theme = ResourceName.Theme.Of(planSlug, action.Theme.Slug),
        ParentAction = action.Parent is { } parent ? ResourceName.PlanAction.Of(planSlug, parent.Ref) : "",
        Title = action.Title,
        Notes = { action.Notes },
        OpccLeads = { action.OpccLeads },
        DeliveryLeads = { action.DeliveryLeads.Select(ToMessage) },
        CrossReferences = { action.CrossReferences.Select(r => ResourceName.PlanAction.Of(planSlug, r)) },
        State = action.State,
        MovedFrom = action.MovedFrom.Length == 0 ? "" : ResourceName.Theme.Of(planSlug, action.MovedFrom),
        Replaces = { action.Replaces.Select(r => ResourceName.PlanAction.Of(planSlug, r)) },
        ReplacedBy = { action.ReplacedBy.Select(r => ResourceName.PlanAction.Of(planSlug, r)) },
        Leaf = action.Leaf,
        Pursuits = { action.Pursuits.Select(p => new Pursuit { FromRevision = p.From, ToRevision = p.To }) },
        FormerOpccLeads = { action.FormerOpccLeads },
        FormerDeliveryLeads = { action.FormerDeliveryLeads.Select(ToMessage) },
        CreateTime = Timestamp.FromDateTime(action.CreateTime),
        UpdateTime = Timestamp.FromDateTime(action.UpdateTime),
        Etag = Etags.Of(action.Revision),
        Revision = action.Revision,
    };

    /// <summary>
    /// The one of some leads that a message shows; null where none is. A message does not say whether somebody stated the partner.
    /// </summary>
    public static DeliveryLeadEntity? Among(this DeliveryLead lead, IEnumerable<DeliveryLeadEntity> leads) =>
        leads.FirstOrDefault(l => l.Text == lead.Text && l.Partner == lead.Partner && l.Qualifier == lead.Qualifier);

    private static DeliveryLead ToMessage(DeliveryLeadEntity lead) =>
        new() { Text = lead.Text, Partner = lead.Partner, Qualifier = lead.Qualifier };
}
