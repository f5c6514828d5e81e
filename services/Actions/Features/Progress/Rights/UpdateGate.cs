using Microsoft.Extensions.Options;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Following;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Progress.Rights;

/// <summary>Asks <see cref="UpdateRights"/> with what the catalogue knows of the directory now.</summary>
internal sealed class UpdateGate(DirectoryModel directory, IOptions<RightsOptions> options, TimeProvider time)
{
    /// <summary>PERMISSION_DENIED or UNAVAILABLE where the update is not the sender's to send.</summary>
    /// <param name="sender">Who sends it.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="reference">The leaf's ref.</param>
    /// <param name="leads">Who delivers the leaf; asked for only where it matters.</param>
    public void Check(UpdateSender sender, string plan, string reference, Func<IReadOnlyList<DeliveryLeadEntity>> leads)
    {
        if (!sender.MaySendAny)
        {
            UpdateRights.Check(
                sender,
                ResourceName.PlanAction.Of(plan, reference),
                [.. leads().Select(l => l.Partner)],
                time.Today(),
                new Memberships(directory.Age, directory.ActsFor),
                options.Value.OldestMemberships);
        }
    }
}
