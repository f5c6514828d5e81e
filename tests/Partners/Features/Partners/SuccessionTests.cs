using Google.Type;
using PlanServices.Partners.V1;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Partners;

public class SuccessionTests(PartnersHost host) : IClassFixture<PartnersHost>
{
    private const string Group = "partners/cambridgeshire-peterborough-ccg";
    private const string Board = "partners/cambridgeshire-peterborough-icb";

    [Theory]
    [InlineData("2012-01-01")]
    [InlineData("2022-06-30", Group)]
    [InlineData("2022-07-01", Board)]
    [InlineData("2026-01-01", Board)]
    public async Task ListPartners_AsAt_HasTheBodiesThatExisted(string day, params string[] existed)
    {
        var listed = await host.Client.ListPartnersAsync(new ListPartnersRequest { AsAtDate = day, PageSize = 1000 }, Calls.Options);
        Assert.Equal(existed, listed.Partners.Select(p => p.Name).Where(n => n is Group or Board));
    }

    [Theory]
    [InlineData("2022-06-30")]
    [InlineData("2022-07-01", Board)]
    public async Task GetPartner_AsAt_HasTheSuccessorsOfThatDay(string day, params string[] successors)
    {
        var partner = await host.Client.GetPartnerAsync(new GetPartnerRequest { Name = Group, AsAtDate = day }, Calls.Options);
        Assert.Equal(successors, partner.Successors);
    }

    [Theory]
    [InlineData("2017-07-18", "Her Majesty's Inspectorate of Constabulary")]
    [InlineData("2017-07-19", "HM Inspectorate of Constabulary and Fire & Rescue Services")]
    public async Task GetPartner_AsAt_HasTheNameOfThatDay(string day, string name)
    {
        var partner = await host.Client.GetPartnerAsync(new GetPartnerRequest { Name = "partners/hmicfrs", AsAtDate = day }, Calls.Options);
        Assert.Equal(name, partner.DisplayName);
    }

    [Fact]
    public async Task GetPartner_BadDay_NamesTheField()
    {
        var call = host.Client.GetPartnerAsync(new GetPartnerRequest { Name = Group, AsAtDate = "2022-02-30" }, Calls.Options);
        Assert.Equal(["as_at_date"], await Calls.AssertFailsAsync(call, Grpc.Core.StatusCode.InvalidArgument, "ERROR_REASON_INVALID_FIELD"));
    }

    [Fact]
    public async Task ResolveLeads_OldBody_IsFoundAndItsSuccessorTold()
    {
        var before = await ResolveAsync("CCG", "2019-01-01");
        var after = await ResolveAsync("CCG", "2026-01-01");

        Assert.Equal((Group, 0), (before.Partner, before.Successors.Count));
        Assert.Equal((Group, Board), (after.Partner, Assert.Single(after.Successors)));
    }

    [Fact]
    public async Task ResolveLeads_NameOfTwoBodies_MeansTheOneOfTheDay()
    {
        await CreateAsync("old-lantern-forum", "Lantern Forum", end: On(2024, 12, 31));
        await CreateAsync("new-lantern-forum", "Lantern Forum", start: On(2025, 1, 1));

        Assert.Equal("partners/old-lantern-forum", (await ResolveAsync("Lantern Forum", "2020-01-01")).Partner);
        Assert.Equal("partners/new-lantern-forum", (await ResolveAsync("Lantern Forum", "2026-01-01")).Partner);
    }

    [Fact]
    public async Task AddRelation_CommissionerReplacedByAMayorIn2028_KeepsItsHistory()
    {
        const string Commissioner = "partners/cambridgeshire-opcc";
        await CreateAsync("county-mayor", "Mayor of the County", start: On(2028, 5, 11));
        await CreateAsync("county-mayor-later", "Mayor of the Region", start: On(2032, 1, 1));
        await SucceedAsync(Commissioner, "partners/county-mayor", On(2028, 5, 11));
        await SucceedAsync("partners/county-mayor", "partners/county-mayor-later", On(2032, 1, 1));

        Assert.Empty((await AsAtAsync("2028-05-10")).Successors);
        Assert.Equal(["partners/county-mayor"], (await AsAtAsync("2028-05-11")).Successors);
        // To the end of the chain.
        Assert.Equal(["partners/county-mayor-later"], (await AsAtAsync("2032-01-01")).Successors);

        async Task<Partner> AsAtAsync(string day) =>
            await host.Client.GetPartnerAsync(new GetPartnerRequest { Name = Commissioner, AsAtDate = day }, Calls.Options);
    }

    private static Date On(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

    private async Task CreateAsync(string id, string name, Date? start = null, Date? end = null) => await host.Client.CreatePartnerAsync(
        new CreatePartnerRequest { PartnerId = id, Partner = new Partner { DisplayName = name, StartDate = start, EndDate = end } }, Calls.Options);

    private async Task SucceedAsync(string old, string successor, Date day) => await host.Client.AddRelationAsync(
        new AddRelationRequest
        {
            Relation = new Relation { Kind = Relation.Types.Kind.SucceededBy, Partner = old, Other = successor, StartDate = day, Source = "An Act" },
        },
        Calls.Options);

    private async Task<ResolvedLead> ResolveAsync(string text, string day) => (await host.Client.ResolveLeadsAsync(
        new ResolveLeadsRequest { Texts = { text }, AsAtDate = day }, Calls.Options)).Resolutions[0].Leads[0];
}
