using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Storage;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Directory;

public class PartnerDirectoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AfterAWrite_SeesIt()
    {
        await using var host = await PartnersHost.StartAsync();
        var client = new PartnerService.PartnerServiceClient(host.Channel);
        var get = new GetPartnerRequest { Name = "partners/why-me" };
        var resolve = new ResolveLeadsRequest { Texts = { "Zebra Crossing Panel" } };
        Assert.Equal(1, (await client.GetPartnerAsync(get, Calls.Options)).Revision);
        Assert.Equal("", (await client.ResolveLeadsAsync(resolve, Calls.Options)).Resolutions[0].Leads[0].Partner);

        var writer = host.Services.GetRequiredService<SingleWriter<PartnersContext>>();
        await writer.WriteAsync(RenameAsync, Cancellation);

        var after = await client.GetPartnerAsync(get, Calls.Options);
        Assert.Equal(("Zebra Crossing Panel", "2", 2L), (after.DisplayName, after.Etag, after.Revision));
        Assert.Equal(get.Name, (await client.ResolveLeadsAsync(resolve, Calls.Options)).Resolutions[0].Leads[0].Partner);
    }

    [Fact]
    public async Task Endpoints_OfTheService_AllNameTheReadPolicy()
    {
        await using var host = await PartnersHost.StartAsync();
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName == "planservices.partners.v1.PartnerService")
            .ToArray();

        // Each method over gRPC and as JSON.
        Assert.Equal(2 * PartnerService.Descriptor.Methods.Count, endpoints.Length);
        Assert.All(endpoints, e => Assert.Equal(Policies.PlanRead, e.Metadata.GetMetadata<IAuthorizeData>()?.Policy));
    }

    private static async Task<Written<bool>> RenameAsync(PartnersContext context, CancellationToken cancellationToken)
    {
        var state = await context.DirectoryStates.SingleAsync(cancellationToken);
        var partner = await context.Partners.SingleAsync(p => p.PartnerId == "why-me", cancellationToken);
        state.Revision++;
        partner.DisplayName = "Zebra Crossing Panel";
        partner.Etag++;
        partner.Revision = state.Revision;
        await context.SaveChangesAsync(cancellationToken);
        return new Written<bool>(true);
    }
}
