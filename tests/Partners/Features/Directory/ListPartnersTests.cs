using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using Xunit;
using Kind = PlanServices.Partners.V1.Partner.Types.Kind;

namespace PlanServices.Partners.Tests.Features.Directory;

public class ListPartnersTests(PartnersHost host) : IClassFixture<PartnersHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task ListPartners_PageAfterPage_IsTheWholeDirectoryOnceInOrder(int pageSize)
    {
        var names = (await host.Client.ListAllAsync(pageSize)).ConvertAll(p => p.Name);

        Assert.Equal(ReferenceData.Partners().Select(p => p.Name).Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task ListPartners_NoPageSize_HasFifty()
    {
        var page = await host.Client.ListPartnersAsync(new ListPartnersRequest(), Calls.Options);
        Assert.Equal(50, page.Partners.Count);
        Assert.NotEmpty(page.NextPageToken);
    }

    [Theory]
    [InlineData(Kind.Organisation)]
    [InlineData(Kind.Board)]
    [InlineData(Kind.DeliveryGroup)]
    [InlineData(Kind.Partnership)]
    [InlineData(Kind.Service)]
    public async Task ListPartners_OfAKind_HasThatKindOnly(Kind kind)
    {
        var ofKind = await host.Client.ListAllAsync(3, kind);
        Assert.All(ofKind, p => Assert.Equal(kind, p.Kind));
        Assert.Equal(ReferenceData.Partners().Count(p => p.Kind == kind), ofKind.Count);
    }

    [Theory]
    [InlineData(-1, "", 0, "page_size", CommonReasons.InvalidField)]
    [InlineData(0, "nonsense", 0, "page_token", CommonReasons.InvalidPageToken)]
    [InlineData(0, "!?", 0, "page_token", CommonReasons.InvalidPageToken)]
    [InlineData(0, "", 99, "kind", CommonReasons.InvalidField)]
    public async Task ListPartners_BadArgument_NamesTheField(int pageSize, string token, int kind, string field, string reason)
    {
        var request = new ListPartnersRequest { PageSize = pageSize, PageToken = token, Kind = (Kind)kind };
        var call = host.Client.ListPartnersAsync(request, Calls.Options);
        Assert.Equal([field], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, reason));
    }

    [Fact]
    public async Task ListPartners_TokenOfOtherArguments_IsRefused()
    {
        var page = await host.Client.ListPartnersAsync(new ListPartnersRequest { PageSize = 2, Kind = Kind.Board }, Calls.Options);

        var sameToken = new ListPartnersRequest { PageSize = 2, PageToken = page.NextPageToken };
        var call = host.Client.ListPartnersAsync(sameToken, Calls.Options);
        await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidPageToken);

        sameToken.Kind = Kind.Board;
        sameToken.PageSize = 5;
        Assert.Equal(5, (await host.Client.ListPartnersAsync(sameToken, Calls.Options)).Partners.Count);
    }

    [Fact]
    public async Task ListPartners_AsJson_PagesAndFilters()
    {
        var first = await host.Http.GetFromJsonAsync<JsonElement>("/v1/partners?pageSize=2&kind=KIND_BOARD", Cancellation);
        var token = first.GetProperty("nextPageToken").GetString();
        var second = await host.Http.GetFromJsonAsync<JsonElement>(
            $"/v1/partners?pageSize=2&kind=KIND_BOARD&pageToken={Uri.EscapeDataString(token!)}", Cancellation);

        var names = first.GetProperty("partners").EnumerateArray().Concat(second.GetProperty("partners").EnumerateArray())
            .Select(p => p.GetProperty("name").GetString());
        Assert.Equal(4, names.Distinct().Count());
    }

    [Fact]
    public async Task ListPartners_AsJsonBadToken_Is400()
    {
        using var response = await host.Http.GetAsync(new Uri("/v1/partners?pageToken=x", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
