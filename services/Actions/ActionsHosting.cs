using Grpc.AspNetCore.Server.Model;
using PlanServices.Actions.Data;
using PlanServices.Actions.Data.SqlServer;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Expunging;
using PlanServices.Actions.Features.Following;
using PlanServices.Actions.Features.Grid;
using PlanServices.Actions.Features.Grid.Exporting;
using PlanServices.Actions.Features.Grid.Importing;
using PlanServices.Actions.Features.History;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.Features.Progress.Rights;
using PlanServices.Actions.Features.Refreshes;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions;

/// <summary>Puts the action catalogue into a host.</summary>
public static class ActionsHosting
{
    public static void AddActions(this WebApplicationBuilder builder)
    {
        builder.AddStorage<ActionsContext, ActionsSqlServerContext>("actions");
        builder.AddChanges<ActionsContext>();
        builder.Services.AddHostedService<RequestRetention<ActionsContext>>();
        builder.Services.AddSingleton<PlanWriter>();
        builder.Services.AddSingleton<PlanWrites>();
        builder.Services.AddSingleton<ThemeWrites>();
        builder.Services.AddSingleton<PeriodWrites>();
        builder.Services.AddSingleton<PeriodDeletion>();
        builder.Services.AddSingleton<PlanDeletion>();
        builder.Services.AddSingleton<PlanActionWrites>();
        builder.Services.AddSingleton<PlanActionRetirement>();
        builder.Services.AddSingleton<PlanHeads>();
        builder.Services.AddSingleton<PlanActionReads>();
        builder.Services.AddSingleton<IServiceMethodProvider<PlanActionReads>, PlanActionEndpoint>();
        builder.Services.AddOptions<RightsOptions>().BindConfiguration(RightsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<UpdateGate>();
        builder.Services.AddSingleton<ProgressWrites>();
        builder.Services.AddSingleton<UpdateMetrics>();
        builder.Services.AddSingleton<OwedUpdates>();
        builder.Services.AddSingleton<RefreshWrites>();
        builder.Services.AddSingleton<RevisionReader>();
        builder.Services.AddSingleton<PlanExpunge>();
        builder.Services.AddSingleton<LeadsExpunge>();
        builder.Services.AddSingleton<PlanSnapshot>();
        builder.Services.AddSingleton<ChangeWatcher>();
        builder.Services.AddServiceClient<PartnerService.PartnerServiceClient>("partners");
        builder.Services.AddSingleton<LeadDirectory>();
        builder.Services.AddSingleton<LeadSuccessors>();
        builder.Services.AddSingleton<DirectoryModel>();
        builder.Services.AddSingleton<DirectoryFollower>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DirectoryFollower>());
        builder.Services.AddHealthChecks().AddCheck<DirectoryFollower>("partner directory");
        builder.Services.AddSingleton<GridImporter>();
        builder.Services.AddSingleton<ImportMetrics>();
        builder.Services.AddSingleton<ImportUndo>();
        builder.Services.AddSingleton<GridExport>();
        builder.Services.AddHostedService<LeadLinker>();
        builder.Services.AddGrpc()
            .AddServiceOptions<GridGrpcService>(options => options.MaxReceiveMessageSize = GridGrpcService.MaxMessageBytes);
    }

    public static void MapActions(this WebApplication app)
    {
        app.MapGrpcService<PlanGrpcService>();
        app.MapGrpcService<ActionGrpcService>();
        app.MapPlanActionEndpoint();
        app.MapGrpcService<ProgressGrpcService>();
        app.MapGrpcService<GridGrpcService>();
        app.MapGrpcService<RefreshGrpcService>();
    }
}
