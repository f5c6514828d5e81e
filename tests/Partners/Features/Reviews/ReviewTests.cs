using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;
using Match = PlanServices.Partners.V1.ResolvedLead.Types.Match;
using State = PlanServices.Partners.V1.LeadReview.Types.State;

namespace PlanServices.Partners.Tests.Features.Reviews;

public sealed class ReviewTests : IAsyncLifetime
{
    private const string Constabulary = "partners/cambridgeshire-constabulary";

    private readonly PartnersHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task ResolveLeads_Collecting_ListsUnmatchedTextsOnceMostAskedFirst()
    {
        await ResolveAsync(collect: true, "Blue Team / OPCC", "City Council");
        await ResolveAsync(collect: true, "BLUE  TEAM", "Вlue Team (lead)");
        await ResolveAsync(collect: false, "Red Team");

        var list = await ListAsync();
        Assert.Equal(["Blue Team", "City Council"], list.Select(r => r.Text));
        Assert.Equal([2, 1], list.Select(r => r.Count));
        Assert.All(list, r => Assert.Equal((State.Open, Reference.Home, "", "0"), (r.State, r.Area, r.Caller, r.Etag)));
        Assert.Equal(2, list[1].Candidates.Count);
    }

    [Fact]
    public async Task ListUnmatchedLeads_PageAfterPage_IsTheListOnce()
    {
        await ResolveAsync(collect: true, [.. Enumerable.Range(0, 7).Select(i => $"Qwx{(char)('a' + i)} Zkv")]);
        List<string> texts = [];
        var request = new ListUnmatchedLeadsRequest { PageSize = 3 };
        do
        {
            var page = await _host.Client.ListUnmatchedLeadsAsync(request, Calls.Options);
            texts.AddRange(page.LeadReviews.Select(r => r.Text));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(7, texts.Distinct().Count());
        Assert.Equal(7, texts.Count);
    }

    [Fact]
    public async Task SettleLead_Once_ResolvesSoHoweverItIsWritten()
    {
        await ResolveAsync(collect: true, "Blue Team");
        var settled = await SettleAsync("Blue Team", Constabulary);
        Assert.Equal((State.Settled, Constabulary, "clients/test"), (settled.State, settled.Partner, settled.Caller));

        foreach (var text in new[] { "Blue Team", "BLUE-TEAM", "Вlue team", "Blue Team (DA)" })
        {
            var lead = (await ResolveAsync(false, text)).Resolutions[0].Leads[0];
            Assert.Equal((Match.Found, Constabulary, 1.0, true), (lead.Match, lead.Partner, lead.Confidence, lead.Settled));
            Assert.Contains("settled by clients/test", lead.Candidates[0].Reason, StringComparison.Ordinal);
        }

        Assert.Equal("DA", (await ResolveAsync(false, "Blue Team (DA)")).Resolutions[0].Leads[0].Qualifier);
        Assert.Empty(await ListAsync());
        Assert.Equal(["Blue Team"], (await ListAsync(showSettled: true)).Select(r => r.Text));
    }

    [Fact]
    public async Task SettleLead_WithSeparatorsInIt_MeansTheWholeCell()
    {
        await SettleAsync("Blue / Green Team", Constabulary);
        var leads = (await ResolveAsync(false, "blue/green team")).Resolutions[0].Leads;
        Assert.Equal(Constabulary, Assert.Single(leads).Partner);
    }

    [Fact]
    public async Task SettleLead_MeansNobody_IsNotAskedAgain()
    {
        await ResolveAsync(collect: true, "tbc later");
        var dismissed = await SettleAsync("tbc later", "");
        Assert.Equal((State.Dismissed, ""), (dismissed.State, dismissed.Partner));

        var lead = (await ResolveAsync(true, "TBC later")).Resolutions[0].Leads[0];
        Assert.Equal((Match.None, true, 0), (lead.Match, lead.Settled, lead.Candidates.Count));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task SettleLead_GoesBeforeWhatTheResolverFinds()
    {
        await SettleAsync("City Council", "partners/peterborough-city-council");
        Assert.Equal("partners/peterborough-city-council", (await ResolveAsync(false, "City Council")).Resolutions[0].Leads[0].Partner);
    }

    [Fact]
    public async Task SettleLead_ForAnArea_MeansItThereOnly()
    {
        await _host.Client.SettleLeadAsync(
            new SettleLeadRequest { Text = "Blue Team", Partner = "partners/kent-police", Area = "policeAreas/kent" }, Calls.Options);
        Assert.Equal("", (await ResolveAsync(false, "Blue Team")).Resolutions[0].Leads[0].Partner);
        var kent = await _host.Client.ResolveLeadsAsync(new ResolveLeadsRequest { Texts = { "Blue Team" }, Area = "policeAreas/kent" }, Calls.Options);
        Assert.Equal("partners/kent-police", kent.Resolutions[0].Leads[0].Partner);
    }

    [Fact]
    public async Task SettleLead_Again_TakesTheEtagOfTheFirst()
    {
        var first = await SettleAsync("Blue Team", Constabulary);
        Assert.Equal(first, await SettleAsync("Blue Team", Constabulary));
        await ApiAssert.FailsAsync(StatusCode.Aborted, CommonReasons.StaleEtag, () => SettleAsync("Blue Team", "", etag: "0"));
        Assert.Equal(State.Dismissed, (await SettleAsync("Blue Team", "", first.Etag)).State);
    }

    [Theory]
    [InlineData("", Constabulary, "", "text")]
    [InlineData(" - ", Constabulary, "", "text")]
    [InlineData("X", "constabulary", "", "partner")]
    [InlineData("X", "partners/atlantis", "", "partner")]
    [InlineData("X", Constabulary, "policeAreas/atlantis", "area")]
    [InlineData("X", Constabulary, "kent", "area")]
    public async Task SettleLead_BadArgument_NamesTheField(string text, string partner, string area, string field)
    {
        var call = _host.Client.SettleLeadAsync(new SettleLeadRequest { Text = text, Partner = partner, Area = area }, Calls.Options);
        Assert.Equal([field], await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
    }

    [Fact]
    public async Task SettleLead_AsJson_IsListedAsJson()
    {
        using var settled = await _host.Http.PostAsJsonAsync(
            "/v1/unmatchedLeads:settle", new { text = "Blue Team", partner = Constabulary }, Deadline.Token);
        Assert.True(settled.IsSuccessStatusCode);
        var list = await _host.Http.GetFromJsonAsync<JsonElement>("/v1/unmatchedLeads?showSettled=true", Deadline.Token);
        Assert.Equal("STATE_SETTLED", list.GetProperty("leadReviews")[0].GetProperty("state").GetString());
    }

    private async Task<ResolveLeadsResponse> ResolveAsync(bool collect, params string[] texts) =>
        await _host.Client.ResolveLeadsAsync(new ResolveLeadsRequest { Texts = { texts }, Collect = collect }, Calls.Options);

    private async Task<LeadReview> SettleAsync(string text, string partner, string etag = "") =>
        await _host.Client.SettleLeadAsync(new SettleLeadRequest { Text = text, Partner = partner, Etag = etag }, Calls.Options);

    private async Task<IReadOnlyList<LeadReview>> ListAsync(bool showSettled = false) =>
        (await _host.Client.ListUnmatchedLeadsAsync(new ListUnmatchedLeadsRequest { ShowSettled = showSettled }, Calls.Options)).LeadReviews;
}
