using Microsoft.AspNetCore.Components.Server.Circuits;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Dashboard.Reading;

/// <summary>Has whatever a connected page does be done for the user who opened it.</summary>
internal sealed class UserCircuit(IHttpContextAccessor contexts) : CircuitHandler
{
    private UserToken? _user;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _user = contexts.HttpContext is { } context ? UserToken.Of(context) : null;
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        UserToken.Current = _user;
        await next(activity);
    };
}
