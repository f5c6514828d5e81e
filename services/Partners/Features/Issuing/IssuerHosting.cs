using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.ServiceDefaults.Limits;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace PlanServices.Partners.Features.Issuing;

/// <summary>Puts the issuer of access tokens into a host. With an outside issuer there is none.</summary>
internal static class IssuerHosting
{
    private const string Token = "connect/token";
    private const string Discovery = ".well-known/openid-configuration";
    private const string DiscoveryOfOAuth = ".well-known/oauth-authorization-server";
    private const string KeySet = ".well-known/jwks";

    public static void AddIssuer(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<IssuerOptions>()
            .BindConfiguration(IssuerOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<ConfiguredClients>();
        builder.Services.AddSingleton<TokenClients>();
        builder.Services.AddSingleton<TokenRequests>();
        builder.Services.AddSingleton<IStartCheck, IssuerCheck>();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode();
            server.AllowClientCredentialsFlow();
            server.SetTokenEndpointUris(Token);
            server.SetConfigurationEndpointUris(Discovery, DiscoveryOfOAuth);
            server.SetJsonWebKeySetEndpointUris(KeySet);
            server.RegisterScopes([.. Scopes.All]);
            // TokenRequests does it, and says which scope it is.
            server.DisableScopeValidation();
            // Services read the tokens themselves. What else OpenIddict could encrypt, codes and refresh tokens, is not issued; it wants a key
            // all the same, and a symmetric one is made at once.
            server.DisableAccessTokenEncryption();
            server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
            // How a request comes is looked at before it gets here.
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseSingletonHandler<TokenRequests>());
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<TokenRequests>());
        });
        builder.Services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<AccessOptions>, IOptions<IssuerOptions>, IHostEnvironment>(
            (server, access, issuer, environment) =>
            {
                server.Issuer = access.Value.Issuer;
                server.AccessTokenLifetime = issuer.Value.TokenLifetime;
                server.SigningCredentials.AddRange(SigningKeys.Read(issuer.Value.SigningKeys, environment.IsDevelopment()));
            });
    }

    public static void MapIssuer(this WebApplication app)
    {
        // OpenIddict answers in the place of authentication, which nothing else here needs.
        var pipeline = ((IEndpointRouteBuilder)app).CreateApplicationBuilder();
        pipeline.UseAuthentication();
        var answer = pipeline.Build();
        var limits = app.Services.GetRequiredService<CallLimits>();
        var cleartext = app.Services.GetRequiredService<IOptions<IssuerOptions>>().Value.Cleartext;
        app.MapPost(Token, async context =>
        {
            if (!IsPrivate(context.Request, cleartext))
                await Failures.WriteAsync(context, ApiErrors.PermissionDenied("A secret is not to be sent over cleartext: use https."), null);
            else if (limits.TakeAnonymous(context.Connection.RemoteIpAddress) is { } limited)
                await Failures.WriteAsync(context, limited, null);
            else
                await answer(context);
        }).RequireAuthorization(Policies.Public);
        foreach (var path in new[] { Discovery, DiscoveryOfOAuth, KeySet })
            app.MapGet(path, answer).RequireAuthorization(Policies.Public);
    }

    private static bool IsPrivate(HttpRequest request, bool cleartext) =>
        cleartext || request.IsHttps || (request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address));
}
