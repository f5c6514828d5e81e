using PlanServices.Actions.V1;
using PlanServices.Reporting.Features;
using PlanServices.Reporting.Features.Comparing;
using Xunit;
using Kind = PlanServices.Reporting.V1.RowComparison.Types.Kind;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Reporting.Tests.Features.Comparing;

/// <summary>What a leaf reports that it did not report before.</summary>
public class RowComparisonTests
{
    private static readonly PlanAction Leaf = new() { Name = "plans/p/actions/V1", Ref = "V1" };
    private static readonly ProgressUpdate Reported = new() { State = State.Submitted, Narrative = "Twelve nurses." };

    [Fact]
    public void Of_DraftThatHoldsNothing_HasNotReportedAndTakesNothingBack()
    {
        var comparison = RowComparisons.Of(Seen(new ProgressUpdate { State = State.Draft }), Seen(Reported), "Title", s => $"{s}");

        Assert.Equal(Kind.Missing, comparison.Kind);
        Assert.Empty(comparison.Fields);
    }

    [Fact]
    public void Of_DraftWithATextOfItsOwn_IsCompared()
    {
        var comparison = RowComparisons.Of(Seen(new ProgressUpdate { State = State.Draft, Narrative = "Ten nurses." }), Seen(Reported), "Title", s => $"{s}");

        Assert.Equal(Kind.Changed, comparison.Kind);
        Assert.Equal("narrative", Assert.Single(comparison.Fields).Field);
    }

    [Fact]
    public void Of_ReportThatLeavesItsTextOut_TakesItBack()
    {
        var comparison = RowComparisons.Of(Seen(new ProgressUpdate { State = State.Submitted }), Seen(Reported), "Title", s => $"{s}");

        Assert.Equal(Kind.Changed, comparison.Kind);
        Assert.Equal("", Assert.Single(comparison.Fields).After);
    }

    [Fact]
    public void Of_References_AreSaidByTheirRefs()
    {
        var now = new ProgressUpdate(Reported) { CrossReferences = { "plans/p/actions/T1", "plans/p/actions/O2.1" } };

        var field = Assert.Single(RowComparisons.Of(Seen(now), Seen(Reported), "Title", s => $"{s}").Fields);

        Assert.Equal(("cross_references", "", "T1, O2.1"), (field.Field, field.Before, field.After));
    }

    private static SeenLeaf Seen(ProgressUpdate update) => new(Leaf, update, "", []);
}
