using Grpc.Core;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.Features.Progress.Rights;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>What of an edited sheet its sender may send: a lead what it might save otherwise, the governance body all.</summary>
internal sealed class EditedRights(UpdateGate gate, UpdateSender sender, string plan, string period)
{
    /// <summary>Why the sender cannot send a leaf's update as it stands; null where they can. UNAVAILABLE where nobody knows.</summary>
    public string? WhyNot(PlanActionEntity leaf, ProgressUpdateEntity? update)
    {
        if (sender.MaySendAny)
            return null;

        var name = ResourceName.ProgressUpdate.Of(plan, leaf.Ref, period);
        return Why(StatusCode.PermissionDenied, () => gate.Check(sender, plan, leaf.Ref, () => leaf.DeliveryLeads))
            ?? Why(StatusCode.FailedPrecondition, () => Workflow.Require(name, update?.State ?? ProgressUpdate.Types.State.Unspecified, Move.Save));
    }

    private static string? Why(StatusCode refusal, Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (ApiException e) when (e.Status == refusal)
        {
            return e.Message;
        }
    }
}
