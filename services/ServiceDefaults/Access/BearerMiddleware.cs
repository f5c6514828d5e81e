using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>Takes the caller from the access token that a call brings. What the call may do is the policies' matter.</summary>
internal sealed class BearerMiddleware(RequestDelegate next, AccessTokens tokens, LocalUser localUser, IEnumerable<IPageSignIn> signIns)
{
    private const string Scheme = "Bearer ";

    private static readonly ConditionalWeakTable<string, UserToken> Brought = [];
    private readonly IPageSignIn? _signIn = signIns.FirstOrDefault();

    public Task InvokeAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0 && !LocalUser.IsPage(context))
            return next(context);

        // Mostly it is known who it is, and nothing has to be waited for.
        var identified = IdentifyAsync(context, header);
        return identified.IsCompletedSuccessfully ? next(context) : ContinueAsync(identified, context);
    }

    private async Task ContinueAsync(ValueTask identified, HttpContext context)
    {
        await identified;
        await next(context);
    }

    private async ValueTask IdentifyAsync(HttpContext context, StringValues header)
    {
        try
        {
            var brought = header.Count == 0 ? await PageUserAsync(context) : TokenOf(header);
            if (brought is not null && await tokens.ValidateAsync(await brought.GetAsync(context.RequestAborted), context.RequestAborted) is { } user)
            {
                context.User = user;
                context.Features.Set(brought);
            }
        }
        catch (IssuerOutOfReachException e)
        {
            context.Features.Set(e);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable)
        {
            context.Features.Set(new IssuerOutOfReachException(e));
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unauthenticated)
        {
            // A session that ended: its user signs in again.
        }
    }

    // Kestrel hands out the same string for a header that a connection sends again and again.
    private static UserToken? TokenOf(StringValues header) =>
        header is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? Brought.GetValue(value, static v => UserToken.Of(v[Scheme.Length..]))
            : null;

    private async Task<UserToken?> PageUserAsync(HttpContext context) =>
        localUser.MayBe(context) ? localUser.Token : _signIn is null ? null : await _signIn.FindAsync(context);

    /// <summary>What a call without a valid token is answered beside its status.</summary>
    public static void Challenge(HttpContext context) => context.Response.Headers[HeaderNames.WWWAuthenticate] =
        context.Request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
}
