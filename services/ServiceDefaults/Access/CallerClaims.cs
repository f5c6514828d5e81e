using System.Security.Claims;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>
/// Brings the claims of any issuer into one form: each scope a claim of its own, a name, and the partner. Outside issuers put a
/// client's rights into <c>roles</c> and a user's into <c>scp</c>.
/// </summary>
internal static class CallerClaims
{
    public static void Complete(ClaimsIdentity identity, AccessOptions access)
    {
        var scopes = identity.Claims
            .Where(c => c.Type is Caller.ScopeClaim or "scp" or "roles")
            .SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(Scopes.All.Contains)
            .ToHashSet();
        foreach (var claim in identity.FindAll(Caller.ScopeClaim).ToArray())
            identity.RemoveClaim(claim);
        identity.AddClaims(scopes.Select(s => new Claim(Caller.ScopeClaim, s)));

        if (access.Authority.Length == 0)
            return;

        // Whom an outside client acts for is for our settings to say, not for its issuer.
        foreach (var claim in identity.FindAll(Caller.PartnerClaim).ToArray())
            identity.RemoveClaim(claim);
        var client = Value("azp") ?? Value("appid") ?? Value("client_id");
        if (client is not null && access.Partners.TryGetValue(client, out var partner))
            identity.AddClaim(new Claim(Caller.PartnerClaim, partner));

        // A token with delegated scopes is a person's, who came by a client: what they do is not the client's doing.
        var person = Value("preferred_username") ?? (client is null || Value("scp") is not null ? Value("sub") : null);
        var name = person ?? (client is null ? null : $"clients/{client}");
        foreach (var claim in identity.FindAll(identity.NameClaimType).ToArray())
            identity.RemoveClaim(claim);
        identity.AddClaim(new Claim(identity.NameClaimType, name ?? "unnamed"));

        string? Value(string type) => identity.FindFirst(type)?.Value;
    }
}
