using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Changes;

public class WatchEndsTests
{
    private const int Rows = 300;

    [Fact]
    public async Task WatchChanges_ReaderTakesNothing_EndedWithATokenThatResumes()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var ended = new StreamEnded();
        await using var server = await ActionsServer.StartAsync(time: time, change: b => b.Services
            .AddSingleton(ended).AddGrpc(o => o.Interceptors.Add<StreamEnded>()));
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/-" }, cancellationToken: Deadline.Token);
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));

        // Twelve megabytes, more than the buffers between the two hold.
        var imported = await server.ImportCsvAsync(
            "fenland", "2018-10", Grids.OfRows(Rows).Replace("was walked.", new string('x', 40_000), StringComparison.Ordinal));
        while (!ended.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var token = watch.ResponseStream.Current.ResumeToken;
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(Deadline.Token))
                token = watch.ResponseStream.Current.ResumeToken is { Length: > 0 } newer ? newer : token;
        });
        var info = failure.GetRpcStatus()?.GetDetail<ErrorInfo>();
        Assert.Equal((StatusCode.ResourceExhausted, "ERROR_REASON_SLOW_READER"), (failure.StatusCode, info?.Reason));

        Assert.Equal(Rows, await CountAsync(server, info!.Metadata["resume_token"], imported.Revision));
    }

    [Fact]
    public async Task WatchChanges_ServerShutsDown_EndsTheStreamWithUnavailable()
    {
        var server = await ActionsServer.StartWithPlanAsync();
        var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        var read = Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(Deadline.Token))
            {
            }
        });

        await server.Host.StopAsync();

        Assert.Equal(StatusCode.Unavailable, (await read).StatusCode);
        watch.Dispose();
        await server.DisposeAsync();
    }

    // How many updates a new watch brings from the token on.
    private static async Task<int> CountAsync(ActionsServer server, string token, long revision)
    {
        using var watch = server.Actions.WatchChanges(
            new WatchChangesRequest { Parent = "plans/-", ResumeToken = token }, cancellationToken: Deadline.Token);
        var updates = 0;
        while (await watch.ResponseStream.MoveNext(Deadline.Token))
        {
            var message = watch.ResponseStream.Current;
            Assert.InRange(message.CalculateSize(), 0, 1 << 20);
            updates += message.Changes.Count(c => c.ProgressUpdate is not null);
            if (message is { Consistent: true, Plan.Length: > 0 } && message.Revision == revision)
                break;
        }

        return updates;
    }

    private sealed class StreamEnded : Interceptor
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _ended.Task;

        public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            try
            {
                await continuation(request, responseStream, context);
            }
            finally
            {
                _ended.TrySetResult();
            }
        }
    }
}
