using Grpc.Core;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Plans;

/// <summary>What the state of a period allows.</summary>
internal static class PeriodRules
{
    /// <summary>FAILED_PRECONDITION where the period is locked.</summary>
    public static void CheckOpen(string plan, PeriodEntity period)
    {
        if (period.State == Period.Types.State.Locked)
            throw Locked(ResourceName.Period.Of(plan, period.Slug));
    }

    public static ApiException Locked(string name) =>
        new ApiException(StatusCode.FailedPrecondition, ErrorReason.PeriodLocked, $"{name} is locked; it has to be reopened first.")
            .With("resource", name);
}
