using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Dashboard.Features.SignIn;

/// <summary>Puts sign-in by OpenID Connect into a host: authorization code with PKCE, at the issuer whose tokens the services accept.</summary>
internal static class SignInHosting
{
    /// <summary>The scheme of the cookie that names a session.</summary>
    public const string Session = "session";

    /// <summary>The scheme of the issuer.</summary>
    public const string Provider = "provider";

    private const string Callback = "/sign-in/done";

    // Who it is, by which name, and a token that gets the next one.
    private static readonly string[] Asked = ["openid", "profile", "offline_access"];

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SignInOptions>()
            .BindConfiguration(SignInOptions.Section)
            .ValidateDataAnnotations()
            .Validate(o => o.IsSetUp || (o.ClientSecret.Length == 0 && !o.Named.Any()), "SignIn:ClientId is missing: the client that the pages are at the issuer.")
            .Validate<IOptions<AccessOptions>>(
                (o, access) => !o.IsSetUp || IsFit(access.Value.Authority),
                "SignIn:ClientId needs Access:Authority, the https address of the issuer at which people sign in and whose tokens the services accept.")
            .ValidateOnStart();
        builder.Services.AddSingleton<IPageSignIn, PageSignIn>();
        builder.Services.AddCascadingAuthenticationState();
        if (!IsSetUp(builder.Configuration))
            return;

        builder.Services.AddSingleton<TokenRenewal>();
        builder.Services.AddSingleton<SessionStore>();
        builder.Services.AddAuthentication().AddCookie(Session).AddOpenIdConnect(Provider, _ => { });
        builder.Services.AddOptions<CookieAuthenticationOptions>(Session).Configure<SessionStore, IOptions<SignInOptions>>(Set);
        builder.Services.AddOptions<OpenIdConnectOptions>(Provider).Configure<IOptions<SignInOptions>, IOptions<AccessOptions>>(Set);
    }

    public static void MapSignIn(this WebApplication app)
    {
        if (!IsSetUp(app.Configuration))
            return;

        app.MapGet(Callback, DoneAsync).RequireAuthorization(Policies.Public).ExcludeFromDescription();
        app.MapPost("/sign-out", SignOut.LeaveAsync).RequireAuthorization(Policies.Public).ExcludeFromDescription();
        app.MapGet(SignOut.Left, (HttpContext context) => SignOut.SayAsync(context)).RequireAuthorization(Policies.Public).ExcludeFromDescription();
    }

    // Asked while the host is put together, when what the options say was not yet looked at.
    private static bool IsSetUp(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[$"{SignInOptions.Section}:{nameof(SignInOptions.ClientId)}"]);

    // Tokens are secrets of the person: they come over TLS, but for an issuer on this machine.
    private static bool IsFit(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static void Set(CookieAuthenticationOptions cookie, SessionStore sessions, IOptions<SignInOptions> options)
    {
        cookie.SessionStore = sessions;
        cookie.ExpireTimeSpan = options.Value.SessionLifetime;
        cookie.SlidingExpiration = false;
        cookie.Cookie.Name = "planservices";
        // Not sent with what another site posts, so that none can sign a person out.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    private static void Set(OpenIdConnectOptions client, IOptions<SignInOptions> options, IOptions<AccessOptions> access)
    {
        client.Authority = access.Value.Authority;
        client.RequireHttpsMetadata = !new Uri(access.Value.Authority).IsLoopback;
        client.ClientId = options.Value.ClientId;
        client.ClientSecret = options.Value.ClientSecret.Length > 0 ? options.Value.ClientSecret : null;
        client.ResponseType = OpenIdConnectResponseType.Code;
        // By the address, so that the cookies of the way there need not be sent with what another site posts.
        client.ResponseMode = OpenIdConnectResponseMode.Query;
        client.CallbackPath = Callback;
        client.SignInScheme = Session;
        client.SaveTokens = true;
        client.MapInboundClaims = false;
        client.DisableTelemetry = true;
        client.Scope.Clear();
        foreach (var scope in Asked.Concat(options.Value.Named).Distinct())
            client.Scope.Add(scope);
        foreach (var cookie in new[] { client.CorrelationCookie, client.NonceCookie })
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        client.Events.OnRemoteFailure = async failed =>
        {
            failed.HandleResponse();
            await SignInNote.WriteAsync(
                failed.HttpContext, 400, "Signing in did not work", "It took too long, was broken off, or the issuer refused it.", "Try again", "/");
        };
    }

    private static async Task DoneAsync(HttpContext context, IAuthenticationHandlerProvider handlers)
    {
        if (await handlers.GetHandlerAsync(context, Provider) is not IAuthenticationRequestHandler handler || !await handler.HandleRequestAsync())
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
