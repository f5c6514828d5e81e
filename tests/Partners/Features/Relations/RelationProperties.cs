using CsCheck;
using Grpc.Core;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.V1;
using Xunit;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Partners.Tests.Features.Relations;

public class RelationProperties
{
    private const int Bodies = 6;
    private static readonly DateOnly Start = new(2020, 1, 1);

    private static readonly Gen<RelationEntity> GenRelation =
        from kind in Gen.OneOf(Kind.SubgroupOf, Kind.AccountableTo, Kind.MemberOf, Kind.SucceededBy)
        from partner in Gen.Int[0, Bodies - 1]
        from step in Gen.Int[1, Bodies - 1]
        from first in Gen.Int[-1, 9]
        from length in Gen.Int[-1, 5]
        select new RelationEntity
        {
            RelationId = "r",
            Kind = kind,
            PartnerId = $"{partner}",
            OtherId = $"{(partner + step) % Bodies}",
            StartDate = first < 0 ? null : Start.AddDays(first),
            EndDate = length < 0 ? null : Start.AddDays(Math.Max(first, 0) + length),
            Source = "s",
        };

    [Fact]
    public void Cycle_WhateverIsAdded_RefusesJustWhatWouldStandInACircleOnSomeDay() => GenRelation.Array[1, 40].Sample(
        relations =>
        {
            List<RelationEntity> taken = [];
            foreach (var relation in relations)
            {
                if (RelationRules.Cycle(relation, taken) is { } path)
                    Assert.True(HasCycle([.. taken, relation]) && path[0] == relation.PartnerId && path[^1] == relation.PartnerId && path[1] == relation.OtherId);
                else
                    taken.Add(relation);
            }

            return !HasCycle(taken);
        },
        iter: 2_000);

    [Fact]
    public async Task AddRelation_ManyWritersAtOnce_NeverMakeACircle()
    {
        await using var host = await PartnersHost.StartAsync();
        var client = new PartnerService.PartnerServiceClient(host.Channel);
        for (var i = 0; i < Bodies; i++)
            await client.CreatePartnerAsync(new CreatePartnerRequest { PartnerId = $"body-{i}", Partner = new Partner { DisplayName = $"Body {i}" } }, Calls.Options);

        // Each is one half of a circle with others, and all are sent at once.
        var edges = Enumerable.Range(0, Bodies).SelectMany(a => Enumerable.Range(0, Bodies).Where(b => b != a).Select(b => (a, b))).ToArray();
        var outcomes = await Task.WhenAll(edges.Select(e => AddAsync(client, e.a, e.b)));

        var stored = await client.ListRelationsAsync(new ListRelationsRequest { Kind = Kind.SubgroupOf, PageSize = 1000 }, Calls.Options);
        var made = stored.Relations.Where(r => r.Partner.StartsWith("partners/body-", StringComparison.Ordinal)).ToArray();
        Assert.Equal(outcomes.Count(o => o == StatusCode.OK), made.Length);
        Assert.All(outcomes, o => Assert.True(o is StatusCode.OK or StatusCode.FailedPrecondition, $"{o}"));
        // Of six bodies no more than fifteen pairs can stand one below the other; each pair is refused one way or the other.
        Assert.Equal(Bodies * (Bodies - 1) / 2, made.Length);
        Assert.False(HasCycle([.. made.Select(r => r.ToEntity("r", default))]));
    }

    private static async Task<StatusCode> AddAsync(PartnerService.PartnerServiceClient client, int a, int b)
    {
        try
        {
            await client.AddRelationAsync(
                new AddRelationRequest
                {
                    Relation = new Relation { Kind = Kind.SubgroupOf, Partner = $"partners/body-{a}", Other = $"partners/body-{b}", Source = "s" },
                },
                Calls.Options);
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    // By another way than the rule: on each day, bodies without anything above them are taken away until none is left, or a circle is.
    private static bool HasCycle(IReadOnlyList<RelationEntity> relations)
    {
        Kind[][] orders = [[Kind.SubgroupOf, Kind.AccountableTo], [Kind.MemberOf], [Kind.SucceededBy]];
        return Enumerable.Range(-2, 20).Select(Start.AddDays).Append(DateOnly.MinValue).Append(DateOnly.MaxValue)
            .Any(day => orders.Any(order => Remains(relations.Where(r => order.Contains(r.Kind) && r.Days.Has(day)).ToList())));

        static bool Remains(List<RelationEntity> edges)
        {
            while (edges.RemoveAll(e => !edges.Exists(o => o.PartnerId == e.OtherId)) > 0)
            {
                // Until nothing more goes.
            }

            return edges.Count > 0;
        }
    }
}
