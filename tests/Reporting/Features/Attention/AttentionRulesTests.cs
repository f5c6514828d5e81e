using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Attention;
using Xunit;
using Code = PlanServices.Reporting.V1.AttentionReason.Types.Code;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;
using Warning = PlanServices.Actions.V1.ProgressWarning.Types.Code;

namespace PlanServices.Reporting.Tests.Features.Attention;

/// <summary>Whom an officer has to ask on Monday, and whom not.</summary>
public sealed class AttentionRulesTests
{
    [Theory]
    // Last quarter's words, of an action on its way.
    [InlineData(Status.Green, Direction.NoChange, false)]
    [InlineData(Status.Green, Direction.Unspecified, false)]
    [InlineData(Status.Complete, Direction.NoChange, false)]
    [InlineData(Status.NotStarted, Direction.NoChange, false)]
    // Of one that is off it, or that changed.
    [InlineData(Status.Amber, Direction.NoChange, true)]
    [InlineData(Status.Red, Direction.NoChange, true)]
    [InlineData(Status.Green, Direction.Improved, true)]
    [InlineData(Status.Green, Direction.Deteriorated, true)]
    public void Of_NarrativeOfTheReportBefore_CountsWhereSomethingIsToBeSaid(Status status, Direction direction, bool counts) => Assert.Equal(
        counts, Reasons(Update(State.Approved, status, direction), warnings: [Warning.NarrativeUnchanged]).Contains(Code.NarrativeUnchanged));

    [Fact]
    public void Of_NarrativeOfTheReportBeforeAmongOthers_AddsNothingToThem()
    {
        var update = Update(State.Submitted, Status.Green, Direction.NoChange);

        var alone = AttentionRules.Of(update, 0, 0, Warnings(Warning.NoDeliveryLead), locked: false);
        var both = AttentionRules.Of(update, 0, 0, Warnings(Warning.NarrativeUnchanged, Warning.NoDeliveryLead), locked: false);

        Assert.Equal(alone, both);
        Assert.Equal(20, Assert.Single(both).Weight);
    }

    [Theory]
    [InlineData(State.Submitted, false, 0, Code.NotRecorded)]
    [InlineData(State.Approved, true, 90, Code.NotRecorded)]
    [InlineData(State.Draft, false, 0, Code.Unspecified)]
    [InlineData(State.Draft, true, 0, Code.NotRecorded)]
    [InlineData(State.Draft, false, 1, Code.Overdue)]
    [InlineData(State.Draft, true, 1, Code.Overdue)]
    [InlineData(State.Unspecified, false, 0, Code.Unspecified)]
    [InlineData(State.Unspecified, true, 0, Code.NotRecorded)]
    [InlineData(State.Unspecified, true, 1, Code.Overdue)]
    public void Of_NoStatus_IsListedOnceItShouldBeThere(State state, bool locked, int daysLate, Code reason) => Assert.Equal(
        reason == Code.Unspecified ? [] : [reason],
        Reasons(state == State.Unspecified ? null : Update(state, Status.Unspecified, Direction.Unspecified), daysLate, locked));

    [Theory]
    [InlineData(State.Unspecified, false, 9)]
    [InlineData(State.Unspecified, true, 0)]
    [InlineData(State.Draft, true, 9)]
    public void Of_CompleteBefore_OwesNothing(State state, bool locked, int daysLate) => Assert.Empty(
        AttentionRules.Of(state == State.Unspecified ? null : Update(state, default, default), 0, daysLate, [], locked, complete: true));

    [Fact]
    public void Of_CompleteBeforeAndReturned_IsOverdue() => Assert.Equal(
        [Code.Overdue, Code.Returned],
        AttentionRules.Of(Update(State.Returned, Status.Green, default), 0, 1, [], locked: false, complete: true).Select(r => r.Code));

    [Theory]
    [InlineData(Status.NotRated)]
    [InlineData(Status.NotStarted)]
    [InlineData(Status.Complete)]
    public void Of_StatusThatIsNoColour_IsRecorded(Status status) => Assert.Empty(Reasons(Update(State.Approved, status, Direction.NoChange), locked: true));

    private static IEnumerable<Code> Reasons(ProgressUpdate? update, int daysLate = 0, bool locked = false, params Warning[] warnings) =>
        AttentionRules.Of(update, 0, daysLate, Warnings(warnings), locked).Select(r => r.Code);

    private static ProgressWarning[] Warnings(params Warning[] codes) => [.. codes.Select(c => new ProgressWarning { Code = c })];

    private static ProgressUpdate Update(State state, Status status, Direction direction) => new() { State = state, Status = status, Direction = direction };
}
