using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.ServiceDiscovery;
using PlanServices.Actions;
using PlanServices.Dashboard;
using PlanServices.Partners;
using PlanServices.Reporting;
using PlanServices.Standalone;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests.Access;

/// <summary>All services in one host, as Standalone joins them, within the test's process.</summary>
internal static class SuiteHost
{
    public static Task<TestHost> StartAsync(IReadOnlyDictionary<string, string?>? settings = null) => TestHost.StartAsync(
        builder =>
        {
            // The pages' files are found by the name of the program that has them.
            builder.Environment.ApplicationName = "PlanServices.Standalone";
            builder.Services.AddSingleton<IServiceEndpointProviderFactory, SelfDiscovery>();
            builder.AddActions();
            builder.AddPartners();
            builder.AddReporting();
            builder.AddDashboard();
        },
        app =>
        {
            app.MapActions();
            app.MapPartners();
            app.MapReporting();
            app.MapDashboard();
        },
        ["actions", "partners", "reporting", "publications"],
        settings ?? new Dictionary<string, string?> { ["Access:AnonymousCallsPerSecond"] = "100000" });
}
