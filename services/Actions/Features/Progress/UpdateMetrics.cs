using System.Diagnostics.Metrics;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.Actions.Features.Progress;

/// <summary>Counts what was done to progress updates: <c>planservices.updates</c> by move (save, submit, return, approve, withhold).</summary>
internal sealed class UpdateMetrics(IMeterFactory meters)
{
    private const string Move = "planservices.move";

    private readonly Counter<long> _updates = meters.Create(Meters.Actions)
        .CreateCounter<long>("planservices.updates", "{update}", "Progress updates saved, submitted, returned, approved or withheld.");

    /// <summary>Counts the write once it is acknowledged; a check that only looks is none.</summary>
    public async Task<ProgressUpdate> CountAsync(string move, bool validateOnly, Task<ProgressUpdate> write)
    {
        var update = await write;
        if (!validateOnly)
            _updates.Add(1, KeyValuePair.Create<string, object?>(Move, move));
        return update;
    }
}
