using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>Puts access control into a host.</summary>
internal static class AccessHosting
{
    // ASP.NET Core adds its own authentication in front of everything where a scheme is registered. Partners' issuer registers one, for
    // its own endpoints: no other call is to pay for it.
    private const string AuthenticationIsSet = "__AuthenticationMiddlewareSet";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AccessOptions>()
            .BindConfiguration(AccessOptions.Section)
            .PostConfigure<IHostEnvironment>(SetDefaults)
            .ValidateDataAnnotations()
            .Validate(
                o => o.ClientId.Length > 0 && o.ClientSecret.Length > 0,
                "Access:ClientId and Access:ClientSecret are required: the client that this process is when it calls other services.")
            .Validate<IHostEnvironment>(
                (o, environment) => environment.IsDevelopment() || !DevelopmentClient.IsWellKnown(o.ClientSecret),
                "Access:ClientSecret is the well-known secret of Development; outside Development nobody may have it.")
            .ValidateOnStart();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHttpClient(ClientToken.HttpClientName).AddServiceDiscovery();
        IssuerDiscovery.AddTo(builder.Services);
        builder.Services.AddSingleton<IssuerKeys>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddSingleton<LocalUser>();
        builder.Services.AddSingleton<IServiceTokens, ServiceTokens>();
        builder.Services.AddTransient<CallTokenHandler>();
        builder.Services.AddTransient<CallDeadline>();
        builder.Services.AddAuthorization(Policies.AddTo);
        builder.Services.AddTransient<IPolicyEvaluator, RememberedPolicies>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, Denials>();
        builder.Services.AddSingleton<IStartCheck, LoopbackOnly>();
    }

    public static void UseAccess(this WebApplication app)
    {
        ((IApplicationBuilder)app).Properties[AuthenticationIsSet] = true;
        app.UseMiddleware<BearerMiddleware>();
        app.UseAuthorization();
    }

    private static void SetDefaults(AccessOptions options, IHostEnvironment environment)
    {
        if (environment.IsDevelopment() && options is { ClientId.Length: 0, Authority.Length: 0 })
            (options.ClientId, options.ClientSecret) = (DevelopmentClient.Id, DevelopmentClient.Secret);
        options.CallsPerSecond ??= environment.IsDevelopment() ? 1_000_000 : 5_000;
        options.CallsAtOnce ??= 2 * options.CallsPerSecond;
    }
}
