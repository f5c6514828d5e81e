using Google.Type;
using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Partners.Tests.Features.Relations;

public sealed class RelationTests : IAsyncLifetime
{
    private readonly PartnersHost _host = new();

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await _host.Client.CreatePartnerAsync(
                new CreatePartnerRequest { PartnerId = id, Partner = new Partner { DisplayName = $"Body {id}" } }, Calls.Options);
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(Kind.SubgroupOf, Kind.SubgroupOf)]
    [InlineData(Kind.SubgroupOf, Kind.AccountableTo)]
    [InlineData(Kind.MemberOf, Kind.MemberOf)]
    [InlineData(Kind.SucceededBy, Kind.SucceededBy)]
    public async Task AddRelation_ThatClosesACircle_IsRefusedAndSaysWhich(Kind kind, Kind last)
    {
        await AddAsync(kind, "a", "b", On(2020));
        await AddAsync(kind, "b", "c", On(2021));
        var info = await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_CYCLE", () => AddAsync(last, "c", "a", On(2022)), "relation.other");
        Assert.Equal("partners/c partners/a partners/b partners/c", info.Metadata["path"]);
    }

    [Fact]
    public async Task AddRelation_CircleThatStandsOnNoDay_IsTaken()
    {
        await AddAsync(Kind.SubgroupOf, "a", "b", On(2010), On(2012));
        await AddAsync(Kind.SubgroupOf, "b", "a", On(2013));
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_CYCLE", () => AddAsync(Kind.SubgroupOf, "a", "b", On(2015)), "relation.other");
    }

    [Fact]
    public async Task AddRelation_MemberOfItsOwnBoard_IsNoCircle()
    {
        await AddAsync(Kind.SubgroupOf, "a", "b");
        await AddAsync(Kind.MemberOf, "b", "a");
    }

    [Fact]
    public async Task AddRelation_SameOnOneOfTheDays_IsADuplicate()
    {
        await AddAsync(Kind.MemberOf, "a", "b", On(2020), On(2021));
        await ApiAssert.FailsAsync(StatusCode.AlreadyExists, CommonReasons.AlreadyExists, () => AddAsync(Kind.MemberOf, "a", "b", On(2021)));
        await AddAsync(Kind.MemberOf, "a", "b", On(2022));
        await AddAsync(Kind.Chairs, "a", "b", On(2020));
    }

    [Fact]
    public async Task AddRelation_BadFields_NamesEach()
    {
        var wrong = new Relation { Partner = "x", Other = "partners/a", StartDate = On(2021), EndDate = On(2020) };
        var call = _host.Client.AddRelationAsync(new AddRelationRequest { Relation = wrong }, Calls.Options);
        Assert.Equal(
            ["relation.kind", "relation.partner", "relation.end_date", "relation.source"],
            await Calls.AssertFailsAsync(call, StatusCode.InvalidArgument, CommonReasons.InvalidField));
        await ApiAssert.InvalidFieldAsync("relation.start_date", () => AddAsync(Kind.SucceededBy, "a", "b"));
        await ApiAssert.InvalidFieldAsync("relation.other", () => AddAsync(Kind.MemberOf, "a", "a"));
        await ApiAssert.InvalidFieldAsync("relation.other", () => AddAsync(Kind.MemberOf, "a", "atlantis"));
    }

    [Fact]
    public async Task EndRelation_KeepsItAndEndsItOnce()
    {
        var relation = await AddAsync(Kind.MemberOf, "a", "b", On(2020));
        await ApiAssert.InvalidFieldAsync("end_date", () => EndAsync(relation.Name, On(2019)));
        await ApiAssert.InvalidFieldAsync("end_date", () => EndAsync(relation.Name, null));
        var ended = await EndAsync(relation.Name, On(2023));

        Assert.Equal(2023, ended.EndDate.Year);
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_ENDED", () => EndAsync(relation.Name, On(2024)));
        await ApiAssert.NotFoundAsync(() => EndAsync("relations/none", On(2024)));
        Assert.Equal([ended.Name], await NamesAsync("2023-01-01"));
        Assert.Empty(await NamesAsync("2023-01-02"));
        Assert.Equal([ended.Name], await NamesAsync(""));

        async Task<string[]> NamesAsync(string day)
        {
            var listed = await _host.Client.ListRelationsAsync(new ListRelationsRequest { Partner = "partners/b", AsAtDate = day }, Calls.Options);
            return [.. listed.Relations.Select(r => r.Name)];
        }
    }

    [Fact]
    public async Task GetStructure_OfADay_IsTheTreeOfThatDay()
    {
        await AddAsync(Kind.SubgroupOf, "b", "a", On(2020));
        await AddAsync(Kind.AccountableTo, "c", "b", On(2021));
        await AddAsync(Kind.MemberOf, "d", "a", On(2020), On(2020));
        await AddAsync(Kind.Chairs, "d", "b", On(2020));

        Assert.Equal(["0 a", "1 b d", "1 d"], await TreeAsync("2020-01-01"));
        Assert.Equal(["0 a", "1 b d", "2 c"], await TreeAsync("2021-01-01"));
        Assert.Equal(["0 a"], await TreeAsync("2019-01-01"));

        async Task<string[]> TreeAsync(string day)
        {
            var structure = await _host.Client.GetStructureAsync(new GetStructureRequest { Root = "partners/a", AsAtDate = day }, Calls.Options);
            return [.. structure.Nodes.Select(n => string.Join(' ', n.Chairs.Prepend(n.Partner).Select(p => p["partners/".Length..]).Prepend($"{n.Depth}")))];
        }
    }

    [Fact]
    public async Task GetStructure_OfThePapersBodies_HasTheBoardsFamily()
    {
        var structure = await _host.Client.GetStructureAsync(new GetStructureRequest { Area = Reference.Home }, Calls.Options);
        var board = structure.Nodes.ToList().FindIndex(n => n.Partner == "partners/cambridgeshire-criminal-justice-board");
        var family = structure.Nodes.Skip(board + 1).TakeWhile(n => n.Depth > 0).Select(n => n.Partner).ToArray();

        Assert.Contains("partners/cambridgeshire-criminal-justice-board-delivery-group", family);
        Assert.Contains("partners/cambridgeshire-criminal-justice-board-offender-subgroup", family);
        Assert.DoesNotContain(structure.Nodes, n => n.Partner == "partners/norfolk-opcc");
        Assert.All(structure.Nodes, n => Assert.NotEmpty(n.DisplayName));
    }

    private static Date On(int year) => new() { Year = year, Month = 1, Day = 1 };

    private async Task<Relation> AddAsync(Kind kind, string partner, string other, Date? start = null, Date? end = null) =>
        await _host.Client.AddRelationAsync(
            new AddRelationRequest
            {
                Relation = new Relation
                {
                    Kind = kind,
                    Partner = $"partners/{partner}",
                    Other = $"partners/{other}",
                    StartDate = start,
                    EndDate = end,
                    Source = "A paper",
                },
            },
            Calls.Options);

    private async Task<Relation> EndAsync(string name, Date? day) =>
        await _host.Client.EndRelationAsync(new EndRelationRequest { Name = name, EndDate = day }, Calls.Options);
}
