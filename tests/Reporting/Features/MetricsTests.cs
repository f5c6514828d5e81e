using System.Diagnostics.Metrics;
using Google.Api;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Telemetry;
using Xunit;

namespace PlanServices.Reporting.Tests.Features;

public sealed class MetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();

    private IMeterFactory Factory => _services.GetRequiredService<IMeterFactory>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task MeasureAsync_Report_ItsTimeByFormat()
    {
        var metrics = new RenderMetrics(Factory, _time);
        using var collector = new MetricCollector<double>(Factory, Meters.Reporting, "planservices.report.render.time");

        await metrics.MeasureAsync(Format.Csv, () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1.5));
            return Task.FromResult(new HttpBody());
        });

        var measured = Assert.Single(collector.GetMeasurementSnapshot());
        Assert.Equal((1.5, "Csv", "s"), (measured.Value, measured.Tags["planservices.format"], collector.Instrument!.Unit));
    }

    [Fact]
    public void Shown_ChangesAndSnapshot_OnlyTheChangesHaveADelay()
    {
        var metrics = new FollowerMetrics(Factory, _time);
        using var collector = new MetricCollector<double>(Factory, Meters.Reporting, "planservices.follower.delay");
        var change = new Change { ChangeTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow()) };
        _time.Advance(TimeSpan.FromSeconds(3));

        metrics.Shown(new WatchChangesResponse { Kind = WatchChangesResponse.Types.Kind.Snapshot, Changes = { change } });
        metrics.Shown(new WatchChangesResponse { Kind = WatchChangesResponse.Types.Kind.Changes, Changes = { change } });

        Assert.Equal([3.0], collector.GetMeasurementSnapshot().Select(m => m.Value));
        Assert.Equal("s", collector.Instrument!.Unit);
    }
}
