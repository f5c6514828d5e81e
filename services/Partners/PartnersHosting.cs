using PlanServices.Partners.Data;
using PlanServices.Partners.Data.SqlServer;
using PlanServices.Partners.Features.Changes;
using PlanServices.Partners.Features.Clients;
using PlanServices.Partners.Features.Directory;
using PlanServices.Partners.Features.Issuing;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.Features.Officers;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.Features.Reviews;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners;

/// <summary>Puts the partners service into a host: alone in its own process, or beside the others.</summary>
public static class PartnersHosting
{
    /// <summary>Registers the service and its database <c>ConnectionStrings:partners</c>; needs the service defaults.</summary>
    public static void AddPartners(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PartnersOptions>()
            .BindConfiguration(PartnersOptions.Section)
            .Validate(o => ReferenceData.IsArea(ResourceName.PoliceArea.Of(o.HomeArea)), "Partners:HomeArea is the id of no police area.")
            .ValidateOnStart();
        builder.AddStorage<PartnersContext, PartnersSqlServerContext>("partners");
        builder.AddChanges<PartnersContext>();
        builder.Services.AddHostedService<RequestRetention<PartnersContext>>();
        // After the storage: the schema stands when the reference data is merged, and both are done before any port opens.
        builder.Services.AddHostedService<DirectoryLoad>();
        builder.Services.AddSingleton<PartnerDirectory>();
        builder.Services.AddSingleton<DirectoryReads>();
        builder.Services.AddSingleton<DirectoryWriter>();
        builder.Services.AddSingleton<DirectoryHistory>();
        builder.Services.AddSingleton<DirectoryWatcher>();
        builder.Services.AddSingleton<PartnerWrites>();
        builder.Services.AddSingleton<OfficerWrites>();
        builder.Services.AddSingleton<RelationWrites>();
        builder.Services.AddSingleton<ReviewList>();
        builder.Services.AddSingleton<ReviewExpunge>();
        builder.Services.AddSingleton<LeadLookup>();
        if (HasIssuer(builder.Configuration))
        {
            builder.Services.AddSingleton<ClientWrites>();
            builder.AddIssuer();
        }
    }

    /// <summary>Maps the service's gRPC methods and their JSON face.</summary>
    public static void MapPartners(this WebApplication app)
    {
        app.MapGrpcService<PartnerGrpcService>();
        if (!HasIssuer(app.Configuration))
            return;

        app.MapGrpcService<ClientGrpcService>();
        app.MapIssuer();
    }

    // With an outside issuer its clients are kept there.
    private static bool HasIssuer(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration[$"{AccessOptions.Section}:{nameof(AccessOptions.Authority)}"]);
}
