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
    /// <summary>Why a leaf's update is not the sender's; null where it is. UNAVAILABLE where nobody knows.</summary>
    public string? WhyNotTheirs(PlanActionEntity leaf) =>
        Why(StatusCode.PermissionDenied, () => gate.Check(sender, plan, leaf.Ref, () => leaf.DeliveryLeads));

    /// <summary>Why the sender cannot change the update as it stands; null where they can.</summary>
    public string? WhyNotNow(PlanActionEntity leaf, ProgressUpdateEntity? update) => sender.MaySendAny ? null : Why(
        StatusCode.FailedPrecondition,
        () => Workflow.Require(ResourceName.ProgressUpdate.Of(plan, leaf.Ref, period), update?.State ?? ProgressUpdate.Types.State.Unspecified, Move.Save));

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
