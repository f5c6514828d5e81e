using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Actions.Features.Expunging;

/// <summary>
/// Has the directory forget a text that it collected with the leads. The text is stored nowhere to be sent later: where the directory
/// is out of reach the call fails, and whoever made it sends it again.
/// </summary>
internal sealed class LeadsExpunge(PartnerService.PartnerServiceClient partners)
{
    /// <summary>How many texts of its review list had it. UNAVAILABLE where it did not answer, or refused.</summary>
    public async Task<int> ExpungeAsync(ExpungeRequest request, ServerCallContext context)
    {
        // By the caller's right, and in the caller's name: the catalogue's own client may not do it.
        UserToken.Current = UserToken.Of(context.GetHttpContext());
        try
        {
            var answer = await partners.ExpungeLeadsAsync(
                new ExpungeLeadsRequest { Text = request.Text, Reason = request.Reason, ValidateOnly = request.ValidateOnly },
                cancellationToken: context.CancellationToken);
            return answer.LeadReviews;
        }
        catch (RpcException e) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw ApiErrors.Unavailable(
                request.ValidateOnly
                    ? $"The partner directory, which may list the text among leads, did not do its part ({e.StatusCode}: {e.Status.Detail}); nothing was removed."
                    : "The text is out of the plan. The partner directory, which may list it among leads, did not do its part "
                    + $"({e.StatusCode}: {e.Status.Detail}); send the request again once it can.",
                e);
        }
    }
}
