using System.Diagnostics.Metrics;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// What becomes of reads that the cache may answer: <c>planservices.cache.reads</c>; how often Redis did not do its part:
/// <c>planservices.cache.errors</c>; and whether it does: <c>planservices.cache.shared</c>.
/// </summary>
public sealed class CacheMetrics
{
    private const string Outcome = "planservices.outcome";

    private readonly Counter<long> _reads;
    private readonly Counter<long> _errors;
    private readonly Meter _meter;

    public CacheMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Meters.Common);
        _reads = _meter.CreateCounter<long>("planservices.cache.reads", "{read}", "Reads, by where the answer was found.");
        _errors = _meter.CreateCounter<long>("planservices.cache.errors", "{error}", "What Redis was asked in vain.");
    }

    /// <summary>Answered from this process's memory.</summary>
    public void Hit() => Count("memory");

    /// <summary>Answered from Redis.</summary>
    public void SharedHit() => Count("shared");

    /// <summary>Read from the database.</summary>
    public void Miss() => Count("database");

    /// <summary>Redis failed.</summary>
    /// <param name="kind">How: <c>unreachable</c>, <c>slow</c>, <c>refused</c>, <c>rubbish</c>.</param>
    public void Error(string kind) => _errors.Add(1, KeyValuePair.Create<string, object?>("planservices.error", kind));

    internal void Watch(Func<bool> works) => _meter.CreateObservableGauge(
        "planservices.cache.shared", () => works() ? 1 : 0, "{state}", "1 while Redis does its part, 0 while it does not.");

    private void Count(string outcome)
    {
        if (_reads.Enabled)
            _reads.Add(1, KeyValuePair.Create<string, object?>(Outcome, outcome));
    }
}
