using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Directory;

public class GetPartnerTests(PartnersHost host) : IClassFixture<PartnersHost>
{
    private const string Constabulary = "partners/cambridgeshire-constabulary";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetPartner_OfTheDirectory_IsComplete()
    {
        var partner = await host.Client.GetPartnerAsync(new GetPartnerRequest { Name = Constabulary }, Calls.Options);

        Assert.Equal(Constabulary, partner.Name);
        Assert.Equal("Cambridgeshire Constabulary", partner.DisplayName);
        Assert.Equal(Partner.Types.Kind.Organisation, partner.Kind);
        Assert.Equal([new PartnerIdentifier { Scheme = "GSS", Value = "E23000023" }], partner.Identifiers);
        Assert.NotEmpty(partner.Aliases);
        Assert.NotEmpty(partner.Description);
        Assert.Equal("1", partner.Etag);
        Assert.Equal(1, partner.Revision);
        Assert.Equal(partner.CreateTime, partner.UpdateTime);
        Assert.NotNull(partner.CreateTime);
    }

    [Fact]
    public async Task GetPartner_NotThere_IsNotFound()
    {
        var call = host.Client.GetPartnerAsync(new GetPartnerRequest { Name = "partners/atlantis" }, Calls.Options);
        Assert.Empty(await Calls.AssertFailsAsync(call, StatusCode.NotFound, CommonReasons.NotFound));
    }

    [Theory]
    [InlineData("")]
    [InlineData("partners/")]
    [InlineData("plans/x")]
    [InlineData("partners/a/b")]
    public async Task GetPartner_NameOfAnotherForm_NamesTheField(string name)
    {
        var call = host.Client.GetPartnerAsync(new GetPartnerRequest { Name = name }, Calls.Options);
        Assert.Equal(["name"], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Fact]
    public async Task GetPartner_AsJson_HasTheContractsFields()
    {
        var partner = await host.Http.GetFromJsonAsync<JsonElement>($"/v1/{Constabulary}", Cancellation);

        Assert.Equal(Constabulary, partner.GetProperty("name").GetString());
        Assert.Equal("Cambridgeshire Constabulary", partner.GetProperty("displayName").GetString());
        Assert.Equal("KIND_ORGANISATION", partner.GetProperty("kind").GetString());
        Assert.Equal("E23000023", partner.GetProperty("identifiers")[0].GetProperty("value").GetString());
    }

    [Fact]
    public async Task GetPartner_AsJsonNotThere_Is404WithTheReason()
    {
        using var response = await host.Http.GetAsync(new Uri("/v1/partners/atlantis", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("ERROR_REASON_NOT_FOUND", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }
}
