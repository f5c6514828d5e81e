using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Directory;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners;

/// <summary>Puts the partners service into a host: alone in its own process, or beside the others.</summary>
public static class PartnersHosting
{
    /// <summary>Registers the service and its database <c>ConnectionStrings:partners</c>; needs the service defaults.</summary>
    public static void AddPartners(this WebApplicationBuilder builder)
    {
        builder.AddStorage<PartnersContext>("partners");
        // After the storage: the schema stands when the reference data is loaded, and both are done before any port opens.
        builder.Services.AddHostedService<DirectoryLoad>();
        builder.Services.AddSingleton<PartnerDirectory>();
    }

    /// <summary>Maps the service's gRPC methods and their JSON face.</summary>
    public static void MapPartners(this WebApplication app) => app.MapGrpcService<PartnerGrpcService>();
}
