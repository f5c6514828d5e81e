using System.Diagnostics.Metrics;
using Google.Api;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Measures how long reports take: <c>planservices.report.render.time</c> in seconds, by format.</summary>
internal sealed class RenderMetrics(IMeterFactory meters, TimeProvider time)
{
    private const string Format = "planservices.format";

    private readonly Histogram<double> _time = meters.Create(Meters.Reporting)
        .CreateHistogram<double>("planservices.report.render.time", "s", "To write a report whose figures are read already.");

    public async Task<HttpBody> MeasureAsync(V1.Format format, Func<Task<HttpBody>> render)
    {
        var start = time.GetTimestamp();
        var report = await render();
        _time.Record(time.GetElapsedTime(start).TotalSeconds, KeyValuePair.Create<string, object?>(Format, format.ToString()));
        return report;
    }
}
