using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
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
    public async Task ResolveLeads_WrittenElsewhereAndNobodyTells_TheTokenIsNeverBehind()
    {
        using var folder = new TemporaryFolder();
        await using var one = await PartnersHost.StartAsync(folder.Path);
        await using var other = await PartnersHost.StartAsync(folder.Path, settings: new Dictionary<string, string?> { ["Caching:MostStale"] = "00:01:00" });
        var (writer, reader) = (new PartnerService.PartnerServiceClient(one.Channel), new PartnerService.PartnerServiceClient(other.Channel));
        var resolve = new ResolveLeadsRequest { Texts = { "Zebra Crossing Panel" } };
        Assert.Equal("", (await reader.ResolveLeadsAsync(resolve, Calls.Options)).Resolutions[0].Leads[0].Partner);

        var written = await writer.UpdatePartnerAsync(
            new UpdatePartnerRequest { Partner = new Partner { Name = "partners/why-me", DisplayName = "Zebra Crossing Panel" } }, Calls.Options);

        // It has not heard of it, and is not asked for more than it has.
        Assert.Equal("", (await reader.ResolveLeadsAsync(resolve, Calls.Options)).Resolutions[0].Leads[0].Partner);
        Assert.Equal(written.Name, (await reader.ResolveLeadsAsync(resolve, Least(written.Revision))).Resolutions[0].Leads[0].Partner);
        await Calls.AssertFailsAsync(reader.ResolveLeadsAsync(resolve, Least(written.Revision + 1)), StatusCode.Unavailable, CommonReasons.Unavailable);

        static CallOptions Least(long revision) => Calls.Options.WithHeaders(new Metadata { { "planservices-min-revision", $"{revision}" } });
    }

    [Fact]
    public async Task Endpoints_OfTheService_NameThePolicyOfWhatTheyDo()
    {
        await using var host = await PartnersHost.StartAsync();
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(e => (Method: e.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method, e.Metadata.GetMetadata<IAuthorizeData>()?.Policy))
            .Where(e => e.Method?.ServiceName == "planservices.partners.v1.PartnerService")
            .ToArray();

        // Each method over gRPC and as JSON; the history at each of its three addresses.
        Assert.Equal(2 * PartnerService.Descriptor.Methods.Count + 2, endpoints.Length);
        Assert.All(endpoints, e => Assert.Equal(PolicyOf(e.Method!.Name), e.Policy));
    }

    private static string PolicyOf(string method) => method switch
    {
        nameof(PartnerService.PartnerServiceBase.ExpungeLeads) => Policies.PlanAdmin,
        _ when Verbs.Any(w => method.StartsWith(w, StringComparison.Ordinal)) => Policies.DirectoryWrite,
        _ => Policies.PlanRead,
    };
}
