using Grpc.AspNetCore.Server.Model;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Data.SqlServer;
using PlanServices.Reporting.Features;
using PlanServices.Reporting.Features.Attention;
using PlanServices.Reporting.Features.Comparing;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.Features.Grid;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.Features.Publishing;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.Features.Summaries;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting;

/// <summary>Puts the reporting service into a host.</summary>
public static class ReportingHosting
{
    /// <summary>The setting that has the read model built anew from the catalogue at the start: <c>true</c> or <c>false</c>.</summary>
    public const string Rebuild = CatalogueFollower.RebuildKey;

    public static void AddReporting(this WebApplicationBuilder builder)
    {
        builder.AddStorage<ReportingContext, ReportingSqlServerContext>("reporting");
        builder.AddStorage<PublicationContext, PublicationSqlServerContext>("publications", audited: false);
        builder.Services.AddHostedService<RequestRetention<PublicationContext>>();
        builder.Services.AddServiceClient<ActionService.ActionServiceClient>("actions");
        builder.Services.AddServiceClient<PlanService.PlanServiceClient>("actions");
        builder.Services.AddServiceClient<PartnerService.PartnerServiceClient>("partners");
        builder.Services.AddSingleton<ModelProgress>();
        builder.Services.AddSingleton<PlanModels>();
        builder.Services.AddSingleton<ModelReads>();
        builder.Services.AddSingleton<PlanStates>();
        builder.Services.AddSingleton<SummaryReads>();
        builder.Services.AddSingleton<SummaryEndpoint>();
        builder.Services.AddSingleton<IServiceMethodProvider<SummaryEndpoint>, SummaryEndpoint.Method>();
        builder.Services.AddSingleton<SummaryWatcher>();
        builder.Services.AddSingleton<StatusGrids>();
        builder.Services.AddSingleton<LastReports>();
        builder.Services.AddSingleton<AttentionList>();
        builder.Services.AddSingleton<DirectoryFollower>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DirectoryFollower>());
        builder.Services.AddSingleton<ReportSource>();
        builder.Services.AddSingleton<ReportRenderer>();
        builder.Services.AddSingleton<ReportMaker>();
        builder.Services.AddSingleton<PeriodComparisons>();
        builder.Services.AddSingleton<Publications>();
        builder.Services.AddSingleton<ReportSearch>();
        builder.Services.AddSingleton<CatalogueHead>();
        builder.Services.AddSingleton<Publisher>();
        builder.Services.AddSingleton<Withdrawals>();
        builder.Services.AddSingleton<RenderMetrics>();
        builder.Services.AddSingleton<FollowerMetrics>();
        builder.Services.AddSingleton<CatalogueFollower>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CatalogueFollower>());
        builder.Services.AddHealthChecks().AddCheck<CatalogueFollower>("catalogue follower");
    }

    public static void MapReporting(this WebApplication app)
    {
        app.MapGrpcService<ReportGrpcService>();
        app.MapSummaryEndpoint();
    }
}
