using Microsoft.AspNetCore.Components.Server.Circuits;
using MudBlazor;
using MudBlazor.Services;
using PlanServices.Actions.V1;
using PlanServices.Dashboard.Components;
using PlanServices.Dashboard.Features;
using PlanServices.Dashboard.Features.Grid;
using PlanServices.Dashboard.Features.Overview;
using PlanServices.Dashboard.Features.PartnerPages;
using PlanServices.Dashboard.Features.PlanActions;
using PlanServices.Dashboard.Features.Removing;
using PlanServices.Dashboard.Features.Rounds;
using PlanServices.Dashboard.Features.SignIn;
using PlanServices.Dashboard.Reading;
using PlanServices.Partners.V1;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Dashboard;

/// <summary>Puts the web pages into a host. They know the services' contracts and nothing else.</summary>
public static class DashboardHosting
{
    private const int LargestReport = 64 * 1024 * 1024;

    public static void AddDashboard(this WebApplicationBuilder builder)
    {
        // Also where the host runs from its build output and not in Development; where it was published this does nothing.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        // What is said of a write stands where it covers no button of the page's head.
        builder.Services.AddMudServices(mud => mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft);
        // At Debug it logs what is typed on a page, which may be what must be in no log: see the page that removes a text.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR", LogLevel.Information);
        builder.Services.AddMemoryCache();
        builder.Services.AddHttpContextAccessor();
        builder.AddSignIn();
        builder.Services.AddServiceClient<PlanService.PlanServiceClient>("actions");
        builder.Services.AddServiceClient<ActionService.ActionServiceClient>("actions");
        builder.Services.AddServiceClient<ProgressService.ProgressServiceClient>("actions");
        builder.Services.AddServiceClient<GridService.GridServiceClient>("actions");
        builder.Services.AddServiceClient<PartnerService.PartnerServiceClient>("partners");
        // A report of thousands of leaves is larger than the usual 4 MB.
        builder.Services.AddServiceClient<ReportService.ReportServiceClient>("reporting")
            .ConfigureChannel(channel => channel.MaxReceiveMessageSize = LargestReport);
        builder.Services.AddSingleton<OwnAssets>();
        builder.Services.AddSingleton<Calls>();
        builder.Services.AddSingleton<PlaceReader>();
        builder.Services.AddSingleton<Catalogue>();
        builder.Services.AddSingleton<Bodies>();
        builder.Services.AddScoped<Handover>();
        builder.Services.AddSingleton<OverviewReader>();
        builder.Services.AddSingleton<SummaryWatch>();
        builder.Services.AddSingleton<GridReader>();
        builder.Services.AddSingleton<ActionReader>();
        builder.Services.AddSingleton<UpdateWrites>();
        builder.Services.AddSingleton<RemovalWrites>();
        builder.Services.AddSingleton<RoundReader>();
        builder.Services.AddSingleton<PartnerReader>();
        builder.Services.AddScoped<Writes>();
        builder.Services.AddScoped<CircuitHandler, UserCircuit>();
    }

    public static void MapDashboard(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().RequireAuthorization(Policies.Public);
        app.MapSignIn();
        app.MapDownloads();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode()
            .RequireAuthorization(Policies.PlanRead)
            .WithMetadata(new UserPageMetadata());
        app.MapMissingPage();
    }
}
