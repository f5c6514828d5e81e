using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using PlanServices.ServiceDefaults.Telemetry;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Telemetry;

public sealed class WatchMetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly WatchMetrics _metrics;

    public WatchMetricsTests() => _metrics = new WatchMetrics(_services.GetRequiredService<IMeterFactory>(), _time);

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Behind_TwoWatchers_TheFurthestBehindIsMeasured()
    {
        using var first = _metrics.Begin("WatchChanges");
        using var second = _metrics.Begin("WatchChanges");
        first.Behind(3);
        _time.Advance(TimeSpan.FromSeconds(2));
        second.Behind(5);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(5, Read<long>("planservices.watch.lag", "{revision}"));
        Assert.Equal(3.0, Read<double>("planservices.watch.lag.time", "s"));
        Assert.Equal(2, Read<long>("planservices.watch.streams", "{stream}"));
    }

    [Fact]
    public void Behind_CaughtUpAndBehindAgain_TimeBeginsAnew()
    {
        using var watch = _metrics.Begin("WatchChanges");
        watch.Behind(3);
        _time.Advance(TimeSpan.FromSeconds(10));
        watch.Behind(0);
        Assert.Equal(0, Read<double>("planservices.watch.lag.time", "s"));

        _time.Advance(TimeSpan.FromSeconds(10));
        watch.Behind(1);
        _time.Advance(TimeSpan.FromSeconds(4));
        watch.Behind(2);
        Assert.Equal(4.0, Read<double>("planservices.watch.lag.time", "s"));
    }

    [Fact]
    public void Dispose_LastWatcher_NothingIsMeasured()
    {
        _metrics.Begin("WatchChanges").Dispose();
        Assert.Null(Read<long>("planservices.watch.streams", "{stream}"));
    }

    private T? Read<T>(string name, string unit)
        where T : struct
    {
        using var collector = new MetricCollector<T>(_services.GetRequiredService<IMeterFactory>(), Meters.Common, name);
        collector.RecordObservableInstruments();
        Assert.Equal(unit, collector.Instrument!.Unit);
        return collector.LastMeasurement?.Value;
    }
}
