using System.Diagnostics.Metrics;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.Reporting.Features.Following;

/// <summary>
/// Measures how old a change is when the read model shows it: <c>planservices.follower.delay</c> in seconds. A snapshot is no change:
/// what it brings may be years old.
/// </summary>
internal sealed class FollowerMetrics(IMeterFactory meters, TimeProvider time)
{
    private readonly Histogram<double> _delay = meters.Create(Meters.Reporting)
        .CreateHistogram<double>("planservices.follower.delay", "s", "From the change in the catalogue to its place in the read model.");

    public void Shown(WatchChangesResponse message)
    {
        if (message.Kind == WatchChangesResponse.Types.Kind.Changes && message.Changes[^1].ChangeTime?.ToDateTimeOffset() is { } made)
            _delay.Record(Math.Max(0, (time.GetUtcNow() - made).TotalSeconds));
    }
}
