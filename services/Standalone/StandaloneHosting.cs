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
