using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace PlanServices.ServiceDefaults.Telemetry;

/// <summary>
/// How far those who watch a service are behind it: <c>planservices.watch.lag</c> in revisions, the one that is furthest behind;
/// <c>planservices.watch.lag.time</c> in seconds, the one that is behind for longest; <c>planservices.watch.streams</c>, how many
/// watch. Each by <c>planservices.stream</c>, the method.
/// </summary>
public sealed class WatchMetrics
{
    private const string Stream = "planservices.stream";

    private readonly ConcurrentDictionary<WatchLag, bool> _open = new();
    private readonly TimeProvider _time;

    public WatchMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Meters.Common);
        meter.CreateObservableGauge("planservices.watch.lag", () => By(w => w.Revisions, Enumerable.Max), "{revision}",
            "Revisions that are stored and not yet sent, for the watcher that is furthest behind.");
        meter.CreateObservableGauge("planservices.watch.lag.time", () => By(w => w.Time.TotalSeconds, Enumerable.Max), "s",
            "How long something has been waiting to be sent, for the watcher that waits longest.");
        meter.CreateObservableUpDownCounter("planservices.watch.streams", () => By(_ => 1L, Enumerable.Sum), "{stream}",
            "Watches that are open.");
    }

    /// <summary>A watch that begins; disposing it ends it.</summary>
    /// <param name="stream">The method, such as <c>WatchChanges</c>.</param>
    public WatchLag Begin(string stream)
    {
        var lag = new WatchLag(stream, _time, l => _open.TryRemove(l, out _));
        _open.TryAdd(lag, true);
        return lag;
    }

    private IEnumerable<Measurement<T>> By<T>(Func<WatchLag, T> value, Func<IEnumerable<T>, T> together)
        where T : struct => _open.Keys
            .GroupBy(w => w.Stream)
            .Select(g => new Measurement<T>(together(g.Select(value)), KeyValuePair.Create<string, object?>(Stream, g.Key)));
}

/// <summary>How far one watcher is behind.</summary>
public sealed class WatchLag : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<WatchLag> _end;
    private long _revisions;
    private long _since;

    internal WatchLag(string stream, TimeProvider time, Action<WatchLag> end)
    {
        (Stream, _time, _end) = (stream, time, end);
    }

    internal string Stream { get; }

    internal long Revisions => Volatile.Read(ref _revisions);

    internal TimeSpan Time => Revisions > 0 ? _time.GetElapsedTime(Volatile.Read(ref _since)) : TimeSpan.Zero;

    /// <summary>So much is stored that the watcher was not sent yet; 0 where it has everything.</summary>
    public void Behind(long revisions)
    {
        if (Revisions == 0)
            Volatile.Write(ref _since, _time.GetTimestamp());
        Volatile.Write(ref _revisions, revisions);
    }

    public void Dispose() => _end(this);
}
