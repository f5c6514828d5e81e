using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Auditing;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace PlanServices.Partners.Features.Issuing;

/// <summary>
/// Answers token requests: OpenIddict reads them, writes the answers and signs the tokens; who may have which is decided here, by the
/// clients that Partners keeps.
/// </summary>
internal sealed class TokenRequests(TokenClients clients, IOptions<AccessOptions> access, AuditTrail audit)
    : IOpenIddictServerHandler<ValidateTokenRequestContext>, IOpenIddictServerHandler<HandleTokenRequestContext>
{
    /// <summary>What the audit log calls it.</summary>
    private const string Method = "planservices.partners.v1.Issuer/Token";

    private const string Client = "planservices_client";

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var id = context.ClientId ?? "";
        var client = await clients.FindAsync(id, context.ClientSecret ?? "", http.RequestAborted);
        if (client is null)
        {
            await audit.DeniedAsync(http, Method, id.Length == 0 ? "" : $"clients/{id}", $"UNAUTHENTICATED {Errors.InvalidClient}");
            context.Reject(Errors.InvalidClient, "There is no client of this id and secret.");
            return;
        }

        var asked = context.Request.GetScopes();
        var lacking = asked.Except(client.Scopes).ToArray();
        if (lacking.Length > 0)
        {
            await audit.DeniedAsync(http, Method, $"clients/{id}", $"PERMISSION_DENIED {Errors.InvalidScope}");
            context.Reject(Errors.InvalidScope, $"The client may not have {string.Join(", ", lacking)}; it has {string.Join(", ", client.Scopes)}.");
            return;
        }

        // Who asks for nothing in particular has all that it may have.
        context.Transaction.SetProperty(Client, client with { Scopes = asked.IsEmpty ? client.Scopes : [.. asked] });
    }

    public ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var client = context.Transaction.GetProperty<TokenClient>(Client)
            ?? throw new InvalidOperationException("A token request is handled that was not validated.");
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType);
        identity.SetClaim(Claims.Subject, $"clients/{client.Id}");
        if (client.Partner.Length > 0)
            identity.SetClaim(Caller.PartnerClaim, client.Partner);
        identity.SetScopes(client.Scopes);
        identity.SetResources(access.Value.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return ValueTask.CompletedTask;
    }
}
