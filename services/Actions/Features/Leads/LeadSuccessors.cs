using PlanServices.Actions.Features.Following;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Leads;

/// <summary>Says of each delivery lead who has taken its place by today. It depends on the day, so it is stored nowhere.</summary>
internal sealed class LeadSuccessors(DirectoryModel directory, TimeProvider time)
{
    public PlanAction Show(PlanAction action)
    {
        var state = directory.State;
        var today = time.Today();
        foreach (var lead in action.DeliveryLeads.Where(l => l.Partner.Length > 0))
            lead.Successors.AddRange(state.SuccessorsOf(lead.Partner, today));

        return action;
    }
}
