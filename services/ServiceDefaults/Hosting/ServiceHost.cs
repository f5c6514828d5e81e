using System.Globalization;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Auditing;
using PlanServices.ServiceDefaults.Caching;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Json;
using PlanServices.ServiceDefaults.Limits;
using PlanServices.ServiceDefaults.OpenApi;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.ServiceDefaults.Hosting;

/// <summary>What every host of the suite sets up alike.</summary>
public static class ServiceHost
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// A builder whose content root is the program's folder and which does not watch its settings: a file watcher over a folder
    /// that holds a database costs a quarter of a core.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // Whatever the machine's language is.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        return WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            ContentRootPath = AppContext.BaseDirectory,
        });
    }

    /// <summary>gRPC with its JSON face, errors, health, reflection, policies, service discovery and telemetry.</summary>
    public static void AddServiceDefaults(this WebApplicationBuilder builder)
    {
        SetDefaults(builder.Configuration);
        builder.AddTelemetry();
        builder.Services.AddSingleton<WatchMetrics>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddAccess();
        builder.AddCaching();
        builder.Services.AddServiceDiscovery();
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<AuditTrail>();
        builder.Services.AddSingleton<CallLimits>();
        // Where they are no services of the host, gRPC makes one of each for each call.
        builder.Services.AddSingleton<ErrorInterceptor>();
        builder.Services.AddSingleton<LimitInterceptor>();
        builder.Services.AddSingleton<AuditInterceptor>();
        builder.Services.AddGrpc(options =>
            {
                // What is not there is NOT_FOUND by HTTP, which is UNIMPLEMENTED for gRPC: no endpoint is there without a policy.
                options.IgnoreUnknownServices = true;
                options.Interceptors.Add<ErrorInterceptor>();
                options.Interceptors.Add<LimitInterceptor>();
                options.Interceptors.Add<AuditInterceptor>();
            })
            .AddJsonTranscoding(options => options.TypeRegistry = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor));
        builder.Services.AddGrpcReflection();
        builder.Services.AddGrpcHealthChecks();
    }

    /// <summary>
    /// Access control; health for probes (<c>/health</c>: ready; <c>/alive</c>: running) and for gRPC; the audit logs; answers of the JSON
    /// face that name what it could not read, and its OpenAPI document; in Development reflection.
    /// </summary>
    public static void MapServiceDefaults(this WebApplication app)
    {
        app.UsePageHeaders();
        app.UseMissingPaths();
        app.UseAccess();
        app.UseJsonErrors();
        app.MapGrpcService<AuditGrpcService>();
        app.MapHealthChecks("/health").RequireAuthorization(Policies.Public);
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false }).RequireAuthorization(Policies.Public);
        app.MapGrpcHealthChecksService().RequireAuthorization(Policies.Public);
        if (app.Environment.IsDevelopment())
            app.MapGrpcReflectionService().RequireAuthorization(Policies.Public);
        app.MapOpenApiDocument();
    }

    /// <summary>
    /// A client of another service of the suite, found by name: <c>Services:{service}:grpc:0</c> holds its address, unless the
    /// host resolves names in a way of its own. What only reads is tried again where the service is out of reach.
    /// </summary>
    public static IHttpClientBuilder AddServiceClient<TClient>(this IServiceCollection services, string service)
        where TClient : ClientBase<TClient> => services
            .AddGrpcClient<TClient>(options =>
            {
                options.Address = new Uri(ServiceAddress.Grpc(service));
                options.ChannelOptionsActions.Add(channel => channel.ServiceConfig = ReadRetries.Of(typeof(TClient)));
            })
            // One name may stand for several replicas: a new connection finds those that came since. Streams stay where they are.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                PooledConnectionLifetime = ConnectionLifetime,
            })
            .AddServiceDiscovery()
            .AddHttpMessageHandler<CallTokenHandler>()
            .AddInterceptor<CallDeadline>();

    // Below every other source, so that settings files and the environment can say otherwise.
    private static void SetDefaults(ConfigurationManager configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Grpc"] = "Warning",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
            // A call without a valid token is answered and audited; it is nothing that whoever runs the service must mend.
            ["Logging:LogLevel:Microsoft.AspNetCore.Authentication"] = "Error",
            ["Logging:LogLevel:Microsoft.AspNetCore.Authorization"] = "Warning",
            // A method that hands out bytes made before is bound by hand, and warned of for that.
            ["Logging:LogLevel:Microsoft.AspNetCore.Grpc.JsonTranscoding.Internal.Binding"] = "Error",
            ["Logging:LogLevel:OpenIddict"] = "Warning",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
            ["Logging:LogLevel:Microsoft.Extensions.Http"] = "Warning",
            // Who asks for health is answered; the log need not repeat it with each probe.
            ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
            ["Logging:LogLevel:System.Net.Http"] = "Warning",
        },
    });
}
