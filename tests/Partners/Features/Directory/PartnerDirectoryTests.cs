using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Directory;

public class PartnerDirectoryTests
{
    private static readonly string[] Verbs = ["Create", "Update", "Add", "End", "Settle"];

    [Fact]
    public async Task Read_AfterAWrite_SeesIt()
    {
        await using var host = await PartnersHost.StartAsync();
        var client = new PartnerService.PartnerServiceClient(host.Channel);
        var get = new GetPartnerRequest { Name = "partners/why-me" };
        var resolve = new ResolveLeadsRequest { Texts = { "Zebra Crossing Panel" } };
        Assert.Equal(1, (await client.GetPartnerAsync(get, Calls.Options)).Revision);
        Assert.Equal("", (await client.ResolveLeadsAsync(resolve, Calls.Options)).Resolutions[0].Leads[0].Partner);

        await client.UpdatePartnerAsync(
            new UpdatePartnerRequest { Partner = new Partner { Name = get.Name, DisplayName = "Zebra Crossing Panel" } }, Calls.Options);

        var after = await client.GetPartnerAsync(get, Calls.Options);
        Assert.Equal(("Zebra Crossing Panel", "2", 2L), (after.DisplayName, after.Etag, after.Revision));
        Assert.Equal(get.Name, (await client.ResolveLeadsAsync(resolve, Calls.Options)).Resolutions[0].Leads[0].Partner);
    }

    [Fact]
    public async Task Endpoints_OfTheService_NameTheReadPolicyOrTheDirectorysWritePolicy()
    {
        await using var host = await PartnersHost.StartAsync();
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => (Method: e.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method, e.Metadata.GetMetadata<IAuthorizeData>()?.Policy))
            .Where(e => e.Method?.ServiceName == "planservices.partners.v1.PartnerService")
            .ToArray();

        // Each method over gRPC and as JSON; the history at each of its three addresses.
        Assert.Equal(2 * PartnerService.Descriptor.Methods.Count + 2, endpoints.Length);
        Assert.All(endpoints, e => Assert.Equal(Writes(e.Method!.Name) ? Policies.DirectoryWrite : Policies.PlanRead, e.Policy));
    }

    private static bool Writes(string method) => Verbs.Any(w => method.StartsWith(w, StringComparison.Ordinal));
}
