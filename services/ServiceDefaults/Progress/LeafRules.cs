using PlanServices.Actions.V1;
using ActionState = PlanServices.Actions.V1.PlanAction.Types.State;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.ServiceDefaults.Progress;

/// <summary>Which actions a period is about: those that reported in it, and those that are pursued in it. Whatever counts or lists them asks here.</summary>
public static class LeafRules
{
    /// <summary>
    /// Whether progress is to be reported on an action in a period: in an open one where it is a leaf that is pursued, in a locked one
    /// where it was that when the period was locked. Of what was written before revisions told that, it is as it is now.
    /// </summary>
    public static bool IsPursuedIn(this PlanAction action, Period? period)
    {
        if (period is not { LockRevision: > 0 and var locked } || action.Pursuits.Count == 0)
            return action.Leaf && action.State != ActionState.Retired;

        foreach (var pursuit in action.Pursuits)
        {
            if (pursuit.FromRevision <= locked && (pursuit.ToRevision == 0 || pursuit.ToRevision > locked))
                return true;
        }

        return false;
    }

    /// <summary>Whether an update is a report: more than a draft that has no status.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="status">Its status; none where its text was only carried over.</param>
    public static bool IsReport(State state, Status status) => state is State.Submitted or State.Returned or State.Approved || status != Status.Unspecified;

    /// <summary>Whether an update is a report.</summary>
    public static bool IsReport(ProgressUpdate update) => IsReport(update.State, update.CarriedOverFrom.Length > 0 ? Status.Unspecified : update.Status);

    /// <summary>An action as it reported: what was divided since has the leads that it had.</summary>
    public static PlanAction AsReported(this PlanAction action)
    {
        if (action.FormerOpccLeads.Count + action.FormerDeliveryLeads.Count == 0)
            return action;

        var then = action.Clone();
        then.OpccLeads.Add(action.FormerOpccLeads);
        then.DeliveryLeads.Add(action.FormerDeliveryLeads);
        return then;
    }
}
