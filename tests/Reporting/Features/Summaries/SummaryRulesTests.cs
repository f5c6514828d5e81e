using CsCheck;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.V1;
using Xunit;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Summaries;

public class SummaryRulesTests
{
    private static readonly PartnerDirectory Names = PartnerDirectory.OutOfReach.With(
        [FakeDirectory.Body("constabulary", "Constabulary"), FakeDirectory.Body("council", "Council")], reset: true);

    [Fact]
    public void Of_AnyPlan_FiguresAddUp() => Gen.Select(Gen.Int, Gen.Int[0, 60]).Sample((seed, leaves) =>
    {
        var state = PlanStateMaker.Any(new Random(seed), leaves);

        var summary = Reporting.Features.Summaries.Summaries.Of(state, Names);

        Assert.Equal(leaves, summary.Total.Leaves);
        Assert.Equal(leaves, summary.Themes.Sum(t => t.Tally.Leaves));
        foreach (var tally in summary.Themes.Select(t => t.Tally).Concat(summary.Leads.Select(l => l.Tally)).Append(summary.Total))
        {
            Assert.Equal(tally.Leaves, Sum(tally.Statuses));
            Assert.Equal(tally.Leaves, tally.Directions.Improved + tally.Directions.NoChange + tally.Directions.Deteriorated + tally.Directions.NotRecorded);
            Assert.Equal(tally.Leaves, tally.States.NoUpdate + tally.States.Draft + tally.States.Submitted + tally.States.Returned + tally.States.Approved);
        }

        Assert.Equal(state.Leaves.Count(l => l.Update?.Status == Status.Red), summary.Total.Statuses.Red);
        Assert.Equal(state.Leaves.Count(l => (l.Update?.Status ?? Status.Unspecified) == Status.Unspecified), summary.Total.Statuses.NotRecorded);
        Assert.Equal(state.Leaves.Count(l => l.Update is null), summary.Total.States.NoUpdate);
        Assert.Equal(
            state.Leaves.Count(l => l.Action.DeliveryLeads.Any(d => d.Partner == "partners/council")),
            summary.Leads.SingleOrDefault(l => l.Partner == "partners/council")?.Tally.Leaves ?? 0);
    });

    [Fact]
    public void Of_ThemeWithoutLeaves_HasARow()
    {
        var summary = Reporting.Features.Summaries.Summaries.Of(PlanStateMaker.Any(new Random(1), 0), Names);

        Assert.Equal(["victims", "offenders"], summary.Themes.Select(t => t.DisplayName));
        Assert.Empty(summary.Leads);
    }

    private static int Sum(StatusCounts counts) =>
        counts.Red + counts.Amber + counts.Green + counts.NotStarted + counts.Complete + counts.NotRated + counts.NotRecorded;
}
