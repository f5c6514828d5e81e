using Google.Type;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.Features.Following;
using PlanServices.Partners.V1;
using Xunit;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Actions.Tests.Features.Following;

public class DirectoryModelTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    private readonly FakeTimeProvider _time = new();
    private readonly DirectoryModel _model;

    public DirectoryModelTests() => _model = new DirectoryModel(_time);

    [Fact]
    public void ActsFor_LedByTheBody_IsTrue()
    {
        Assert.True(_model.ActsFor("partners/a", ["partners/b", "partners/a"], Day));
        Assert.False(_model.ActsFor("partners/a", ["partners/b"], Day));
        Assert.False(_model.ActsFor("partners/a", [], Day));
    }

    [Fact]
    public void ActsFor_NobodyAndNoLead_IsFalse() => Assert.False(_model.ActsFor("", [""], Day));

    [Theory]
    [InlineData(Kind.MemberOf, true)]
    [InlineData(Kind.Chairs, true)]
    [InlineData(Kind.SubgroupOf, false)]
    [InlineData(Kind.AccountableTo, false)]
    public void ActsFor_LedByAGroup_TakesMembershipAtThatDate(Kind kind, bool acts)
    {
        Snapshot(Of("r1", kind, "a", "board", new Date { Year = 2026, Month = 1, Day = 1 }, new Date { Year = 2026, Month = 12, Day = 31 }));

        Assert.Equal(acts, _model.ActsFor("partners/a", ["partners/board"], Day));
        Assert.Equal(acts, _model.ActsFor("partners/a", ["partners/board"], new DateOnly(2026, 1, 1)));
        Assert.Equal(acts, _model.ActsFor("partners/a", ["partners/board"], new DateOnly(2026, 12, 31)));
        Assert.False(_model.ActsFor("partners/a", ["partners/board"], new DateOnly(2025, 12, 31)));
        Assert.False(_model.ActsFor("partners/a", ["partners/board"], new DateOnly(2027, 1, 1)));
        Assert.False(_model.ActsFor("partners/board", ["partners/a"], Day));
    }

    [Fact]
    public void ActsFor_MemberOfAMember_IsFalse()
    {
        Snapshot(Of("r1", Kind.MemberOf, "a", "group"), Of("r2", Kind.MemberOf, "group", "board"));
        Assert.False(_model.ActsFor("partners/a", ["partners/board"], Day));
    }

    [Fact]
    public void ActsFor_SuccessorOfTheLead_FromItsFirstDayOn()
    {
        Snapshot(
            Of("r1", Kind.SucceededBy, "old", "new", new Date { Year = 2026, Month = 6, Day = 1 }),
            Of("r2", Kind.MemberOf, "member", "new"));

        Assert.True(_model.ActsFor("partners/new", ["partners/old"], Day));
        Assert.True(_model.ActsFor("partners/member", ["partners/old"], Day));
        Assert.False(_model.ActsFor("partners/new", ["partners/old"], Day.AddDays(-1)));
        Assert.False(_model.ActsFor("partners/old", ["partners/new"], Day));
    }

    [Fact]
    public void SuccessorsOf_AChain_AreItsEnds()
    {
        Snapshot(
            Of("r1", Kind.SucceededBy, "a", "b", new Date { Year = 2020, Month = 1, Day = 1 }),
            Of("r2", Kind.SucceededBy, "b", "c", new Date { Year = 2022, Month = 1, Day = 1 }),
            Of("r3", Kind.SucceededBy, "b", "d", new Date { Year = 2022, Month = 1, Day = 1 }));

        Assert.Equal(["partners/b"], _model.State.SuccessorsOf("partners/a", new DateOnly(2021, 12, 31)));
        Assert.Equal(["partners/c", "partners/d"], _model.State.SuccessorsOf("partners/a", Day));
        Assert.Empty(_model.State.SuccessorsOf("partners/c", Day));
    }

    [Fact]
    public void Apply_PartOfASnapshot_ShowsNothingUntilItIsWhole()
    {
        Snapshot(Of("r1", Kind.MemberOf, "a", "board"));
        _model.Apply(new WatchPartnersResponse { Reset = true, Changes = { Change(Of("r2", Kind.MemberOf, "b", "board")) } });

        Assert.True(_model.ActsFor("partners/a", ["partners/board"], Day));
        Assert.False(_model.ActsFor("partners/b", ["partners/board"], Day));

        _model.Apply(new WatchPartnersResponse { Consistent = true, Revision = 2 });
        Assert.False(_model.ActsFor("partners/a", ["partners/board"], Day));
        Assert.True(_model.ActsFor("partners/b", ["partners/board"], Day));
    }

    [Fact]
    public void Apply_PartDroppedWithItsStream_LeavesWhatWasKnown()
    {
        Snapshot(Of("r1", Kind.MemberOf, "a", "board"));
        _model.Apply(new WatchPartnersResponse { Reset = true, Changes = { Change(Of("r2", Kind.MemberOf, "b", "board")) } });
        _model.DropPart();
        _model.Apply(new WatchPartnersResponse { Kind = WatchPartnersResponse.Types.Kind.Checkpoint, Consistent = true });

        Assert.True(_model.ActsFor("partners/a", ["partners/board"], Day));
    }

    [Fact]
    public void Apply_RelationThatEnded_TakesTheNewState()
    {
        var relation = Of("r1", Kind.MemberOf, "a", "board");
        Snapshot(relation);
        var ended = relation.Clone();
        ended.EndDate = new Date { Year = 2026, Month = 5, Day = 31 };
        _model.Apply(new WatchPartnersResponse { Consistent = true, Revision = 2, Changes = { Change(ended) } });

        Assert.False(_model.ActsFor("partners/a", ["partners/board"], Day));
        Assert.Equal(2, _model.State.Revision);
    }

    [Fact]
    public void Age_OfWhatWasNeverRead_IsWithoutBound() => Assert.Equal(TimeSpan.MaxValue, _model.Age);

    [Fact]
    public void Age_CountsFromTheLastWholeMessage()
    {
        Snapshot();
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(TimeSpan.FromSeconds(40), _model.Age);

        _model.Apply(new WatchPartnersResponse { Changes = { Change(Of("r1", Kind.MemberOf, "a", "board")) } });
        Assert.Equal(TimeSpan.FromSeconds(40), _model.Age);

        _model.Apply(new WatchPartnersResponse { Kind = WatchPartnersResponse.Types.Kind.Checkpoint, Consistent = true });
        Assert.Equal(TimeSpan.Zero, _model.Age);
    }

    private void Snapshot(params Relation[] relations) => _model.Apply(new WatchPartnersResponse
    {
        Kind = WatchPartnersResponse.Types.Kind.Snapshot,
        Reset = true,
        Consistent = true,
        Revision = 1,
        Changes = { relations.Select(Change) },
    });

    private static DirectoryChange Change(Relation relation) => new() { Relation = relation };

    private static Relation Of(string id, Kind kind, string partner, string other, Date? from = null, Date? to = null) => new()
    {
        Name = $"relations/{id}",
        Kind = kind,
        Partner = $"partners/{partner}",
        Other = $"partners/{other}",
        StartDate = from,
        EndDate = to,
    };
}
