using PlanServices.Actions.V1;
using PlanServices.Dashboard.Pages;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Dashboard;

/// <summary>Puts the web pages into a host. They know the services' contracts and nothing else.</summary>
public static class DashboardHosting
{
    public static void AddDashboard(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddServiceClient<PlanService.PlanServiceClient>("actions");
        builder.Services.AddServiceClient<ReportService.ReportServiceClient>("reporting");
        builder.Services.AddSingleton<OverviewReader>();
    }

    public static void MapDashboard(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapRazorComponents<App>().RequireAuthorization(Policies.PlanRead).WithMetadata(new UserPageMetadata());
        app.MapDownloads();
    }
}
