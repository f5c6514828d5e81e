using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;
using Match = PlanServices.Partners.V1.ResolvedLead.Types.Match;

namespace PlanServices.Partners.Tests.Features.Leads;

public class ResolveLeadsTests(PartnersHost host) : IClassFixture<PartnersHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ResolveLeads_SeveralCells_AnswersEachInOrder()
    {
        var request = new ResolveLeadsRequest { Texts = { "OPCC / Constabulary / County Council (DA)", "", "AF", "Delivery Group" } };
        var response = await host.Client.ResolveLeadsAsync(request, Calls.Options);

        Assert.Equal(request.Texts, response.Resolutions.Select(r => r.Text));
        Assert.Equal(
            ["partners/cambridgeshire-opcc", "partners/cambridgeshire-constabulary", "partners/cambridgeshire-county-council"],
            response.Resolutions[0].Leads.Select(l => l.Partner));
        Assert.Equal(["", "", "DA"], response.Resolutions[0].Leads.Select(l => l.Qualifier));
        Assert.All(response.Resolutions[0].Leads, l => Assert.Equal(1, l.Confidence));
        Assert.Empty(response.Resolutions[1].Leads);

        var none = Assert.Single(response.Resolutions[2].Leads);
        Assert.Equal((Match.None, "", 0), (none.Match, none.Partner, none.Confidence));

        var ambiguous = Assert.Single(response.Resolutions[3].Leads);
        Assert.Equal((Match.Ambiguous, "", 0), (ambiguous.Match, ambiguous.Partner, ambiguous.Confidence));
        Assert.All(ambiguous.Candidates, c => Assert.NotEmpty(c.Reason));
    }

    [Fact]
    public async Task ResolveLeads_NoTexts_NamesTheField()
    {
        var call = host.Client.ResolveLeadsAsync(new ResolveLeadsRequest(), Calls.Options);
        Assert.Equal(["texts"], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Fact]
    public async Task ResolveLeads_TooManyTexts_NamesTheField()
    {
        var call = host.Client.ResolveLeadsAsync(new ResolveLeadsRequest { Texts = { Enumerable.Repeat("OPCC", 1001) } }, Calls.Options);
        Assert.Equal(["texts"], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Fact]
    public async Task ResolveLeads_TextsTooLong_NamesEach()
    {
        var request = new ResolveLeadsRequest { Texts = { "OPCC", new string('x', 1000), new string('x', 1001), new string('/', 2000) } };
        var call = host.Client.ResolveLeadsAsync(request, Calls.Options);
        Assert.Equal(["texts[2]", "texts[3]"], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Fact]
    public async Task ResolveLeads_AsMuchAsAllowed_IsAnswered()
    {
        var text = string.Concat(Enumerable.Repeat("Constabulry Bord/", 58));
        var response = await host.Client.ResolveLeadsAsync(
            new ResolveLeadsRequest { Texts = { Enumerable.Range(0, 1000).Select(i => $"{i} {text}") } }, cancellationToken: Deadline.Token);
        Assert.Equal(1000, response.Resolutions.Count);
    }

    [Fact]
    public async Task ResolveLeads_AsJson_HasTheContractsFields()
    {
        using var response = await host.Http.PostAsJsonAsync(
            "/v1/partners:resolveLeads", new ResolveBody(["ОРСС / PSB", "xyz"]), Cancellation);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        var leads = json.GetProperty("resolutions")[0].GetProperty("leads");
        Assert.Equal("MATCH_FOUND", leads[0].GetProperty("match").GetString());
        Assert.Equal("partners/cambridgeshire-opcc", leads[0].GetProperty("partner").GetString());
        Assert.Equal("partners/cambridgeshire-public-service-board", leads[1].GetProperty("partner").GetString());
        Assert.Equal("MATCH_NONE", json.GetProperty("resolutions")[1].GetProperty("leads")[0].GetProperty("match").GetString());
    }

    [Fact]
    public async Task ResolveLeads_AsJsonWithoutTexts_Is400()
    {
        using var response = await host.Http.PostAsJsonAsync("/v1/partners:resolveLeads", new { }, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"texts\"", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private sealed record ResolveBody(string[] Texts);
}
