using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.Features.Reports;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting;

/// <summary>Puts the reporting service into a host.</summary>
public static class ReportingHosting
{
    public static void AddReporting(this WebApplicationBuilder builder)
    {
        builder.AddStorage<ReportingContext>("reporting");
        builder.Services.AddServiceClient<ActionService.ActionServiceClient>("actions");
        builder.Services.AddServiceClient<PartnerService.PartnerServiceClient>("partners");
        builder.Services.AddSingleton<ModelProgress>();
        builder.Services.AddSingleton<PlanStates>();
        builder.Services.AddSingleton<PartnerNames>();
        builder.Services.AddSingleton<ReportRenderer>();
        builder.Services.AddSingleton<CatalogueFollower>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CatalogueFollower>());
        builder.Services.AddHealthChecks().AddCheck<CatalogueFollower>("catalogue follower");
    }

    public static void MapReporting(this WebApplication app) => app.MapGrpcService<ReportGrpcService>();
}
