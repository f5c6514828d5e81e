using Grpc.Core;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Actions.Features.Progress.Rights;

/// <summary>Who sends an update.</summary>
/// <param name="Name">The caller, as a write records it.</param>
/// <param name="Partner">The partner for which the caller acts; empty where there is none.</param>
/// <param name="MaySendAny">Whether it may be any leaf's.</param>
/// <param name="MayRead">Whether the caller may read the plan.</param>
internal sealed record UpdateSender(string Name, string Partner, bool MaySendAny, bool MayRead = true)
{
    public static UpdateSender Of(ServerCallContext context)
    {
        var user = context.GetHttpContext().User;
        return new UpdateSender(Caller.NameOf(user), Caller.PartnerOf(user), user.HasScope(Scopes.PlanWrite), user.HasScope(Scopes.PlanRead));
    }

    /// <summary>Who returns, approves or withholds: that is not the leads' matter.</summary>
    public static UpdateSender Approver(ServerCallContext context) => new(Caller.Of(context), "", MaySendAny: true);
}
