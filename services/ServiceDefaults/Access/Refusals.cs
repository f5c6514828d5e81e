using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>What a caller is told who may not make a call.</summary>
public static class Refusals
{
    /// <summary>UNAUTHENTICATED for a caller without a valid token, PERMISSION_DENIED for one whose token lacks the endpoint's scopes.</summary>
    public static ApiException Of(HttpContext context) => Of(context, context.User.Identity?.IsAuthenticated == true);

    internal static ApiException Of(HttpContext context, bool authenticated)
    {
        if (authenticated)
        {
            var scopes = context.GetEndpoint()!.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().SelectMany(Policies.ScopesOf).ToArray();
            return ApiErrors.PermissionDenied($"It takes the scope {string.Join(" or ", scopes)}, which the access token lacks.")
                .With("scope", string.Join(',', scopes));
        }

        BearerMiddleware.Challenge(context);
        return new ApiException(
            StatusCode.Unauthenticated,
            CommonReasons.Unauthenticated,
            context.Request.Headers.Authorization.Count == 0
                ? "It takes an access token: get one at /connect/token and send it as 'authorization: Bearer …'."
                : "The access token is not valid, or no longer; get another at /connect/token.");
    }
}
