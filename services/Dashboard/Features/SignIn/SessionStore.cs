using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace PlanServices.Dashboard.Features.SignIn;

/// <summary>
/// Who is signed in, in this process's memory: the browser's cookie names the session, and no token ever leaves the server. A page that is
/// connected belongs to one process as it is; after a restart people sign in again, which their issuer mostly does without asking.
/// </summary>
internal sealed class SessionStore(IMemoryCache cache, IOptions<SignInOptions> options, TokenRenewal renewal, TimeProvider time) : ITicketStore
{
    private const string Key = "session";
    private static readonly TimeSpan Unsaid = TimeSpan.FromHours(1);

    /// <summary>The session that a cookie named; null where it is over.</summary>
    public UserSession? Find(AuthenticationProperties? named) =>
        named?.Items.TryGetValue(Key, out var key) == true && cache.TryGetValue((Key, key), out Held? held) ? held!.Session : null;

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        Keep(key, ticket);
        return Task.FromResult(key);
    }

    /// <summary>A browser whose session is over signed in again: its cookie stays, with the new session behind it.</summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        await RemoveAsync(key);
        Keep(key, ticket);
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(cache.TryGetValue((Key, key), out Held? held) ? held!.Ticket : null);

    public Task RemoveAsync(string key)
    {
        if (cache.TryGetValue((Key, key), out Held? held))
            held!.Session.End();
        cache.Remove((Key, key));
        return Task.CompletedTask;
    }

    private void Keep(string key, AuthenticationTicket ticket)
    {
        var end = time.GetUtcNow() + options.Value.SessionLifetime;
        var session = new UserSession(Tokens(ticket.Properties), Token(ticket.Properties, OpenIdConnectParameterNames.IdToken), end, renewal, time);
        ticket.Properties.StoreTokens([]);
        ticket.Properties.Items[Key] = key;
        cache.Set((Key, key), new Held(ticket, session), end);
    }

    private SessionTokens Tokens(AuthenticationProperties properties) => new(
        Token(properties, OpenIdConnectParameterNames.AccessToken),
        Token(properties, OpenIdConnectParameterNames.RefreshToken),
        DateTimeOffset.TryParse(Token(properties, "expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var end) ? end : time.GetUtcNow() + Unsaid);

    private static string Token(AuthenticationProperties properties, string name) => properties.GetTokenValue(name) ?? "";

    private sealed record Held(AuthenticationTicket Ticket, UserSession Session);
}
