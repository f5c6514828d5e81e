using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Actions.Features;

/// <summary>Refuses what the state of a resource does not allow.</summary>
internal static class StateErrors
{
    /// <summary>FAILED_PRECONDITION.</summary>
    /// <param name="name">The resource.</param>
    /// <param name="message">What is in the way, and the way on where there is one.</param>
    /// <param name="state">Its state, as the contract spells it.</param>
    /// <param name="allowed">The states that would have allowed it, parted by commas.</param>
    public static ApiException NotAllowed(string name, string message, string state, string allowed) =>
        new ApiException(StatusCode.FailedPrecondition, ErrorReason.StateNotAllowed, message)
            .With("resource", name)
            .With("state", state)
            .With("allowed_states", allowed);
}
