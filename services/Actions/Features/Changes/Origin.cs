using PlanServices.Actions.V1;
using Kind = PlanServices.Actions.V1.ChangeSource.Types.Kind;

namespace PlanServices.Actions.Features.Changes;

/// <summary>Who writes, when, and what the write comes from.</summary>
internal sealed record Origin(string Caller, DateTime Now, ChangeSource Source)
{
    public static Origin Api(string caller, DateTime now) => new(caller, now, new ChangeSource { Kind = Kind.Api });
}
