using Grpc.Core;
using PlanServices.Actions.Features.Progress;
using PlanServices.ServiceDefaults.Errors;
using Xunit;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Tests.Features.Progress;

public class WorkflowTests
{
    [Theory]
    [InlineData(State.Unspecified, "Save", State.Draft)]
    [InlineData(State.Draft, "Save", State.Draft)]
    [InlineData(State.Returned, "Save", State.Returned)]
    [InlineData(State.Submitted, "Save", null)]
    [InlineData(State.Approved, "Save", null)]
    [InlineData(State.Unspecified, "Submit", null)]
    [InlineData(State.Draft, "Submit", State.Submitted)]
    [InlineData(State.Returned, "Submit", State.Submitted)]
    [InlineData(State.Submitted, "Submit", null)]
    [InlineData(State.Approved, "Submit", null)]
    [InlineData(State.Unspecified, "Return", null)]
    [InlineData(State.Draft, "Return", null)]
    [InlineData(State.Returned, "Return", null)]
    [InlineData(State.Submitted, "Return", State.Returned)]
    [InlineData(State.Approved, "Return", State.Returned)]
    [InlineData(State.Unspecified, "Approve", null)]
    [InlineData(State.Draft, "Approve", null)]
    [InlineData(State.Returned, "Approve", null)]
    [InlineData(State.Submitted, "Approve", State.Approved)]
    [InlineData(State.Approved, "Approve", null)]
    public void Next_EachStateAndMove_AsTheWorkflowHasIt(State from, string move, State? next) =>
        Assert.Equal(next, Workflow.Next(from, Enum.Parse<Move>(move)));

    [Fact]
    public void Require_IllegalMove_SaysWhichStatesAllowIt()
    {
        var failure = Assert.Throws<ApiException>(() => Workflow.Require("plans/p/actions/V1/updates/2018-10", State.Approved, Move.Submit));

        Assert.Equal(StatusCode.FailedPrecondition, failure.Status);
        Assert.Equal("STATE_APPROVED", failure.Metadata["state"]);
        Assert.Equal("STATE_DRAFT,STATE_RETURNED", failure.Metadata["allowed_states"]);
    }

    [Theory]
    [InlineData(State.Submitted, "Save", "is submitted; it has to be returned before it can be changed.")]
    [InlineData(State.Submitted, "Submit", "is submitted already.")]
    [InlineData(State.Approved, "Submit", "is approved; it has to be returned before it can be submitted again.")]
    [InlineData(State.Draft, "Return", "is a draft; it has to be submitted before it can be returned.")]
    [InlineData(State.Returned, "Return", "is returned already.")]
    [InlineData(State.Returned, "Approve", "is returned; it has to be submitted before it can be approved.")]
    [InlineData(State.Approved, "Approve", "is approved already.")]
    public void Require_IllegalMove_SaysTheWayOn(State from, string move, string way)
    {
        var failure = Assert.Throws<ApiException>(() => Workflow.Require("V1", from, Enum.Parse<Move>(move)));

        Assert.Equal($"V1 {way}", failure.Message);
    }
}
