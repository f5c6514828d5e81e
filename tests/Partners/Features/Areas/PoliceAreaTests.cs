using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Areas;

public class PoliceAreaTests(PartnersHost host) : IClassFixture<PartnersHost>
{
    [Fact]
    public async Task ListPoliceAreas_PageAfterPage_AreThe43OnceEachWithAForce()
    {
        List<PoliceArea> areas = [];
        var request = new ListPoliceAreasRequest { PageSize = 10 };
        do
        {
            var page = await host.Client.ListPoliceAreasAsync(request, Calls.Options);
            areas.AddRange(page.PoliceAreas);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(43, areas.Select(a => a.GssCode).Distinct().Count());
        foreach (var area in areas)
            Assert.Equal(area.Name, (await host.Client.GetPartnerAsync(new GetPartnerRequest { Name = area.PoliceForce }, Calls.Options)).Area);
    }

    [Fact]
    public async Task ListPoliceAreas_AsJson_HasCodeAndEdition()
    {
        var json = await host.Http.GetFromJsonAsync<JsonElement>("/v1/policeAreas?pageSize=1000", Deadline.Token);
        var home = json.GetProperty("policeAreas").EnumerateArray().Single(a => a.GetProperty("name").GetString() == Reference.Home);
        Assert.Equal("E23000023", home.GetProperty("gssCode").GetString());
        Assert.Equal(2023, home.GetProperty("asOfDate").GetProperty("year").GetInt32());
    }

    [Theory]
    [InlineData("policeAreas/norfolk", "partners/norfolk-constabulary")]
    [InlineData("policeAreas/west-yorkshire", "partners/west-yorkshire-police")]
    [InlineData("", "partners/cambridgeshire-constabulary")]
    public async Task ResolveLeads_OfAnArea_MeansItsOwnBodies(string area, string force)
    {
        var response = await host.Client.ResolveLeadsAsync(new ResolveLeadsRequest { Texts = { "Constabulary" }, Area = area }, Calls.Options);
        Assert.Equal(force, response.Resolutions[0].Leads[0].Partner);
    }

    [Fact]
    public async Task ResolveLeads_AreaThatIsNone_NamesTheField()
    {
        var call = host.Client.ResolveLeadsAsync(new ResolveLeadsRequest { Texts = { "X" }, Area = "policeAreas/atlantis" }, Calls.Options);
        Assert.Equal(["area"], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }
}
