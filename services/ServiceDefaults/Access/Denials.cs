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
internal sealed class Denials(AuditTrail audit, CallLimits limits, IEnumerable<IPageSignIn> signIns) : IAuthorizationMiddlewareResultHandler
{
    private readonly IPageSignIn? _signIn = signIns.FirstOrDefault();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Succeeded ? next(context) : DenyAsync(context, authorizeResult);

    private async Task DenyAsync(HttpContext context, PolicyAuthorizationResult authorizeResult)
    {
        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
        var denial = Denial(context, authorizeResult);
        if (denial.Status is not StatusCode.PermissionDenied && limits.TakeAnonymous(context.Connection.RemoteIpAddress) is { } limited)
        {
            await Failures.WriteAsync(context, limited, method?.FullName);
            return;
        }

        if (_signIn is not null && LocalUser.IsPage(context) && await _signIn.AnswerAsync(context, denial.Status))
            return;

        if (method is not null)
            await audit.DeniedAsync(context, method.FullName, "", AuditTrail.OutcomeOf(denial));
        await Failures.WriteAsync(context, denial, method?.FullName);
    }

    private static ApiException Denial(HttpContext context, PolicyAuthorizationResult result) =>
        context.Features.Get<IssuerOutOfReachException>() is { } issuer
            ? ApiErrors.Unavailable("The issuer of the access tokens is out of reach; call again.", issuer)
            : Refusals.Of(context, result.Forbidden);
}
