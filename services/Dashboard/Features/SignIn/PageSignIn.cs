using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Dashboard.Features.SignIn;

/// <summary>Finds who signed in, and answers whoever may not see a page.</summary>
internal sealed class PageSignIn(IOptions<SignInOptions> options, IServiceProvider services, IHostEnvironment environment) : IPageSignIn
{
    public bool IsSetUp => options.Value.IsSetUp;

    public async Task<UserToken?> FindAsync(HttpContext context)
    {
        if (!IsSetUp)
            return null;

        var cookie = await context.AuthenticateAsync(SignInHosting.Session);
        return services.GetRequiredService<SessionStore>().Find(cookie.Properties) is { } session ? new UserToken(session.GetAsync, session.Drop) : null;
    }

    public async Task<bool> AnswerAsync(HttpContext context, StatusCode denial)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            return false;

        await (denial switch
        {
            StatusCode.PermissionDenied => SignInNote.WriteAsync(
                context, 403, "You may not see this", $"You are signed in as {Caller.NameOf(context.User)}, who may not read plans. Ask whoever runs PlanServices for the right plan.read.", signOut: IsSetUp),
            StatusCode.Unauthenticated when IsSetUp => ChallengeAsync(context),
            StatusCode.Unauthenticated => SignInNote.WriteAsync(
                context, 401, "Nobody can sign in here yet", environment.IsDevelopment()
                    ? "In Development the pages are for whoever sits at this machine, under the name localhost."
                    : "Whoever runs PlanServices has to set up how people sign in: see docs/guides/access.md."),
            _ => NoAnswerAsync(context),
        });
        return true;
    }

    public static Task NoAnswerAsync(HttpContext context) =>
        SignInNote.WriteAsync(context, 503, "The sign-in service does not answer", "Nothing is lost. Try again in a moment.", link: "Try again");

    private async Task ChallengeAsync(HttpContext context)
    {
        try
        {
            // Asked first: the challenge itself has no answer for people where the issuer is away.
            await TokenRenewal.ConfigurationAsync(
                services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(SignInHosting.Provider), context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            await NoAnswerAsync(context);
            return;
        }

        await context.ChallengeAsync(
            SignInHosting.Provider, new AuthenticationProperties { RedirectUri = $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}" });
    }
}
