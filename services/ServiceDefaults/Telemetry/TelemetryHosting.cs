using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PlanServices.ServiceDefaults.Telemetry;

/// <summary>Puts telemetry into a host.</summary>
internal static class TelemetryHosting
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>
    /// Traces, metrics and logs by OTLP to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; nothing where it is not set. The other variables of
    /// OpenTelemetry (protocol, headers, resource attributes, sampler, intervals) hold as it defines them.
    /// </summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
            return;

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        var name = builder.Configuration[ServiceName] is { Length: > 0 } given ? given : builder.Environment.ApplicationName;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(name, autoGenerateServiceInstanceId: false))
            .WithMetrics(metrics => metrics
                .AddMeter(Meters.All)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(traces => traces
                .AddSource(builder.Environment.ApplicationName)
                // Probes come every few seconds and say nothing.
                .AddAspNetCoreInstrumentation(options => options.Filter = context =>
                    !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
                    && !context.Request.Path.StartsWithSegments("/alive", StringComparison.Ordinal))
                .AddGrpcClientInstrumentation(options => options.SuppressDownstreamInstrumentation = true)
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }
}

/// <summary>The names of the suite's own meters.</summary>
public static class Meters
{
    public const string Actions = "PlanServices.Actions";
    public const string Partners = "PlanServices.Partners";
    public const string Reporting = "PlanServices.Reporting";

    /// <summary>What every service has.</summary>
    public const string Common = "PlanServices";

    internal static readonly string[] All = [Common, Actions, Partners, Reporting];
}
