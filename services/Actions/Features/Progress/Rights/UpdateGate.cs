using Microsoft.Extensions.Options;
using PlanServices.Actions.Features.Following;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Progress.Rights;

/// <summary>Asks <see cref="UpdateRights"/> with what the catalogue knows of the directory now.</summary>
internal sealed class UpdateGate(DirectoryModel directory, IOptions<RightsOptions> options, TimeProvider time)
{
    /// <summary>PERMISSION_DENIED or UNAVAILABLE where the update is not the sender's to send.</summary>
    public void Check(UpdateSender sender, string plan, ProgressTarget target)
    {
        if (!sender.MaySendAny)
        {
            UpdateRights.Check(
                sender,
                ResourceName.PlanAction.Of(plan, target.Update.PlanAction.Ref),
                [.. target.DeliveryLeads().Select(l => l.Partner)],
                time.Today(),
                new Memberships(directory.Age, directory.ActsFor),
                options.Value.OldestMemberships);
        }
    }
}
