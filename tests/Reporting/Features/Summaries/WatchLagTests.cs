using System.Diagnostics.Metrics;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Telemetry;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Summaries;

public sealed class WatchLagTests
{
    [Fact]
    public async Task Watch_ReaderIsSlow_TheLagSaysHowFarItIsBehind()
    {
        var reader = new SlowReader();
        await using var server = await ReportingServer.StartAsync(
            change: b => b.Services.AddSingleton(reader).AddGrpc(o => o.Interceptors.Add<SlowReader>()));
        (await server.Catalogue.NextAsync()).Send(Snapshot(4, Plan(Leaf("V1"), Update("V1", Status.Red))));
        await server.SummaryAsync(4);
        Assert.Null(Read(server, "planservices.watch.streams"));

        using var watch = server.Reports.WatchStatusSummary(
            new WatchStatusSummaryRequest { Name = $"{PeriodName}/summary" }, cancellationToken: Deadline.Token);
        await reader.IsSent.WaitAsync(Deadline.Token);
        Assert.Equal((1, 4), (Read(server, "planservices.watch.streams"), Read(server, "planservices.watch.lag")));

        reader.Take();
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        await BecomesAsync(server, "planservices.watch.lag", 0);
        watch.Dispose();
        await BecomesAsync(server, "planservices.watch.streams", null);
    }

    private static async Task BecomesAsync(ReportingServer server, string name, long? value)
    {
        var deadline = Deadline.Token;
        while (Read(server, name) != value)
        {
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static long? Read(ReportingServer server, string name)
    {
        using var collector = new MetricCollector<long>(server.Host.Services.GetRequiredService<IMeterFactory>(), Meters.Common, name);
        collector.RecordObservableInstruments();
        return collector.GetMeasurementSnapshot().SingleOrDefault(m => Equals(m.Tags["planservices.stream"], "WatchStatusSummary"))?.Value;
    }

    /// <summary>Stands between a stream and its reader, who takes nothing until it is told to.</summary>
    private sealed class SlowReader : Interceptor
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _takes = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsSent => _sent.Task;

        public void Take() => _takes.SetResult();

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
            continuation(request, new Stream<TResponse>(responseStream, this), context);

        private sealed class Stream<T>(IServerStreamWriter<T> stream, SlowReader reader) : IServerStreamWriter<T>
        {
            public WriteOptions? WriteOptions
            {
                get => stream.WriteOptions;
                set => stream.WriteOptions = value;
            }

            public async Task WriteAsync(T message)
            {
                reader._sent.TrySetResult();
                await reader._takes.Task;
                await stream.WriteAsync(message);
            }

            public Task WriteAsync(T message, CancellationToken cancellationToken) => WriteAsync(message);
        }
    }
}
