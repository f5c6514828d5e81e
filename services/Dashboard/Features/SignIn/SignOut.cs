using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace PlanServices.Dashboard.Features.SignIn;

/// <summary>Signs a person out: here, and then at the issuer.</summary>
internal static class SignOut
{
    /// <summary>Where the issuer sends the browser afterwards.</summary>
    public const string Left = "/sign-out/done";

    public static async Task LeaveAsync(HttpContext context, SessionStore sessions, IOptionsMonitor<OpenIdConnectOptions> options)
    {
        var cookie = await context.AuthenticateAsync(SignInHosting.Session);
        if (sessions.Find(cookie.Properties) is { } session)
        {
            await context.SignOutAsync(SignInHosting.Session);
            if (await AtIssuerAsync(context, session, options.Get(SignInHosting.Provider)) is { } address)
            {
                // Not a redirect: the pages' forms may lead to their own site alone.
                context.Response.Headers.Append("Refresh", $"0; url={address}");
            }
        }

        await SayAsync(context);
    }

    public static Task SayAsync(HttpContext context) => SignInNote.WriteAsync(context, 200, "You are signed out", "Close the browser where others use this machine.", "Sign in again", "/");

    private static async Task<string?> AtIssuerAsync(HttpContext context, UserSession session, OpenIdConnectOptions client)
    {
        try
        {
            var issuer = await TokenRenewal.ConfigurationAsync(client, context.RequestAborted);
            return string.IsNullOrEmpty(issuer.EndSessionEndpoint) ? null : QueryHelpers.AddQueryString(issuer.EndSessionEndpoint, new Dictionary<string, string?>
            {
                [OpenIdConnectParameterNames.ClientId] = client.ClientId,
                [OpenIdConnectParameterNames.IdTokenHint] = session.IdToken,
                [OpenIdConnectParameterNames.PostLogoutRedirectUri] = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{Left}",
            });
        }
        catch (HttpRequestException)
        {
            // Signed out here; whoever comes next at this machine is asked by the issuer or not, as it has it.
            return null;
        }
    }
}
