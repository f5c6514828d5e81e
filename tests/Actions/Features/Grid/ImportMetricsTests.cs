using System.Diagnostics.Metrics;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using PlanServices.ServiceDefaults.Telemetry;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Grid;

public class ImportMetricsTests
{
    [Fact]
    public async Task ImportGrid_EachOutcome_IsCounted()
    {
        await using var server = await ActionsServer.StartAsync();
        var meters = server.Host.Services.GetRequiredService<IMeterFactory>();
        using var imports = new MetricCollector<long>(meters, Meters.Actions, "planservices.imports");
        using var rows = new MetricCollector<long>(meters, Meters.Actions, "planservices.import.rows");
        using var duration = new MetricCollector<double>(meters, Meters.Actions, "planservices.import.duration");

        await server.ImportCsvAsync("fenland", "2018-10", Tests.Grids.TwoThemes, r => r.ValidateOnly = true);
        await server.ImportCsvAsync("fenland", "2018-10", Tests.Grids.TwoThemes);
        await server.ImportCsvAsync("fenland", "2018-10", Tests.Grids.TwoThemes);
        await Assert.ThrowsAsync<RpcException>(() => server.ImportCsvAsync("fenland", "no period", Tests.Grids.TwoThemes));

        Assert.Equal(
            ["checked", "stored", "unchanged", "refused"],
            imports.GetMeasurementSnapshot().Select(m => (string)m.Tags["planservices.outcome"]!));
        Assert.All(imports.GetMeasurementSnapshot(), m => Assert.Equal("Csv", m.Tags["planservices.format"]));
        Assert.Equal(
            [("created", 3L), ("unchanged", 3L)],
            rows.GetMeasurementSnapshot().Where(m => m.Value > 0).Select(m => ((string)m.Tags["planservices.outcome"]!, m.Value)));
        Assert.Equal(4, duration.GetMeasurementSnapshot().Count);
        Assert.Equal(("{import}", "{row}", "s"), (imports.Instrument!.Unit, rows.Instrument!.Unit, duration.Instrument!.Unit));
    }

    [Fact]
    public async Task ProgressUpdates_EachMove_IsCountedOnceAcknowledged()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        using var updates = new MetricCollector<long>(
            server.Host.Services.GetRequiredService<IMeterFactory>(), Meters.Actions, "planservices.updates");

        await server.SaveAsync("V1", u => u.Narrative = "Checked only.", r => r.ValidateOnly = true);
        await server.SaveAsync("V1", u => u.Narrative = "The desk answers.");
        await server.SubmitAsync("V1");
        await server.ReturnAsync("V1", "Say since when.");
        await Assert.ThrowsAsync<RpcException>(() => server.ApproveAsync("V1"));
        await server.SubmitAsync("V1");
        await server.ApproveAsync("V1");

        Assert.Equal(
            ["save", "submit", "return", "submit", "approve"],
            updates.GetMeasurementSnapshot().Select(m => (string)m.Tags["planservices.move"]!));
    }
}
