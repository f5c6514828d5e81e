using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using PlanServices.ServiceDefaults.Auditing;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Limits;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>
/// Answers calls that a policy denies as all other failures are answered, <c>google.rpc.Status</c> over gRPC and JSON, and has
/// them audited.
/// </summary>
internal sealed class Denials(AuditTrail audit, CallLimits limits) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
        var denial = Denial(context, authorizeResult);
        if (denial.Status is not StatusCode.PermissionDenied && limits.TakeAnonymous(context.Connection.RemoteIpAddress) is { } limited)
        {
            await Failures.WriteAsync(context, limited, method?.FullName);
            return;
        }

        if (denial.Status is StatusCode.Unauthenticated)
            BearerMiddleware.Challenge(context);
        if (method is not null)
            await audit.DeniedAsync(context, method.FullName, "", AuditTrail.OutcomeOf(denial));
        await Failures.WriteAsync(context, denial, method?.FullName);
    }

    private static ApiException Denial(HttpContext context, PolicyAuthorizationResult result)
    {
        if (context.Features.Get<IssuerOutOfReachException>() is { } issuer)
            return ApiErrors.Unavailable("The issuer of the access tokens is out of reach; call again.", issuer);
        if (result.Forbidden)
        {
            var scopes = context.GetEndpoint()!.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().SelectMany(Policies.ScopesOf).ToArray();
            return ApiErrors.PermissionDenied($"It takes the scope {string.Join(" or ", scopes)}, which the access token lacks.")
                .With("scope", string.Join(',', scopes));
        }

        return new ApiException(
            StatusCode.Unauthenticated,
            CommonReasons.Unauthenticated,
            context.Request.Headers.Authorization.Count == 0
                ? "It takes an access token: get one at /connect/token and send it as 'authorization: Bearer …'."
                : "The access token is not valid, or no longer; get another at /connect/token.");
    }
}
