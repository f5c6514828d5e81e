using Microsoft.Extensions.ServiceDiscovery;
using PlanServices.Actions;
using PlanServices.Dashboard;
using PlanServices.Partners;
using PlanServices.Reporting;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Standalone;

/// <summary>All services in one host. They still talk over the contracts.</summary>
internal static class StandaloneHosting
{
    public static void AddStandalone(this WebApplicationBuilder builder, StandaloneOptions options)
    {
        builder.Configuration.AddInMemoryCollection(options.Settings());
        builder.Configuration.AddInMemoryCollection(options.TlsSettings(builder.Environment.IsDevelopment()));
        // A developer who moves the port moves the issuer with it. Elsewhere tokens outlive a start, and so does what stands in them.
        if (builder.Environment.IsDevelopment() && options.HttpPort > 0 && string.IsNullOrEmpty(builder.Configuration["Access:Issuer"]))
            builder.Configuration["Access:Issuer"] = $"http://localhost:{options.HttpPort}/";
        if (string.IsNullOrEmpty(builder.Configuration["Access:Authority"]))
            builder.Configuration.AddInMemoryCollection(OwnClient.Settings());
        builder.Services.AddSingleton<IServiceEndpointProviderFactory, SelfDiscovery>();
        builder.AddServiceDefaults();
        builder.AddActions();
        builder.AddPartners();
        builder.AddReporting();
        builder.AddDashboard();
        builder.Services.AddHostedService<Announcement>();
        builder.Services.AddHostedService<Settling>();
        if (options.Sample)
            builder.AddSample();
    }

    public static void MapStandalone(this WebApplication app)
    {
        app.MapServiceDefaults();
        app.MapActions();
        app.MapPartners();
        app.MapReporting();
        app.MapDashboard();
    }
}
