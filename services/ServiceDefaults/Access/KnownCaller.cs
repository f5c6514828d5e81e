using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>A caller whose token was found valid. It is the same for every call with that token, and so is what the policies say of it.</summary>
internal sealed class KnownCaller : ClaimsPrincipal
{
    public KnownCaller(ClaimsIdentity identity)
        : base(identity)
    {
        Name = identity.Name ?? "";
        Authenticated = Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(this, "Bearer")));
    }

    public string Name { get; }

    public Task<AuthenticateResult> Authenticated { get; }

    /// <summary>What each policy said. A policy looks at the caller's claims alone.</summary>
    public ConcurrentDictionary<AuthorizationPolicy, Task<PolicyAuthorizationResult>> Decisions { get; } = new();
}

/// <summary>Asks a policy about a caller once.</summary>
internal sealed class RememberedPolicies(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    public override Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) =>
        context.User is KnownCaller caller ? caller.Authenticated : base.AuthenticateAsync(policy, context);

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource)
    {
        if (context.User is not KnownCaller caller)
            return base.AuthorizeAsync(policy, authenticationResult, context, resource);
        if (caller.Decisions.TryGetValue(policy, out var decided))
            return decided;

        var deciding = base.AuthorizeAsync(policy, authenticationResult, context, resource);
        // Endpoints share the policies' objects: there are no more of them than there are policies, and combinations of endpoints.
        if (deciding.IsCompletedSuccessfully)
            caller.Decisions[policy] = deciding;
        return deciding;
    }
}
