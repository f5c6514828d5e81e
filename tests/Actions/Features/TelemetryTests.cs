using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features;

public class TelemetryTests
{
    [Theory]
    [InlineData("/v1/traces", "planservices.actions.v1.GridService/ImportGrid")]
    [InlineData("/v1/metrics", "planservices.imports")]
    [InlineData("/v1/logs", "Now listening on")]
    public async Task Host_CollectorNamed_SendsItWhatHappens(string path, string text)
    {
        await using var collector = await Collector.StartAsync();
        await using (var host = await TestHost.StartAsync(
            builder => builder.AddActions(),
            app => app.MapActions(),
            ["actions"],
            new Dictionary<string, string?>
            {
                ["Services:partners:grpc:0"] = "http://127.0.0.1:1",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "actions-of-a-test",
            }))
        {
            await new PlanServices.Actions.V1.GridService.GridServiceClient(host.Channel).ImportGridAsync(
                new PlanServices.Actions.V1.ImportGridRequest
                {
                    Parent = "plans/fenland",
                    Period = "2018-10",
                    Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format.Csv,
                    Content = Google.Protobuf.ByteString.CopyFromUtf8(Tests.Grids.TwoThemes),
                    CreateMissing = true,
                },
                cancellationToken: Deadline.Token);
        }

        // A host that ends sends what it still holds.
        var received = collector.ReceivedAt(path);
        Assert.Contains(text, received, StringComparison.Ordinal);
        Assert.Contains("actions-of-a-test", received, StringComparison.Ordinal);
    }

    /// <summary>Takes OTLP over HTTP and keeps it as it came.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
        private readonly WebApplication _app;

        private Collector()
        {
            // Nothing of the settings beside the test is for it.
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                _received.Enqueue((context.Request.Path, body.ToArray()));
            });
        }

        public string Address => _app.Urls.Single();

        public static async Task<Collector> StartAsync()
        {
            var collector = new Collector();
            await collector._app.StartAsync(Deadline.Token);
            return collector;
        }

        public string ReceivedAt(string path) =>
            string.Concat(_received.Where(r => r.Path == path).Select(r => Encoding.Latin1.GetString(r.Body)));

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();
    }
}
