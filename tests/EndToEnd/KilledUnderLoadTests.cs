using System.Collections.Concurrent;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

public class KilledUnderLoadTests
{
    private const int Leaves = 40;
    private const int Writers = 16;

    [Theory]
    [InlineData(200)]
    [InlineData(1000)]
    public async Task WatchChanges_ServerKilledUnderLoadAndResumed_EveryAcknowledgedWriteOnceInOrder(int writesBeforeTheKill)
    {
        using var folder = new TemporaryFolder();
        var seen = new ChangeLogReader();
        var load = new Load(writesBeforeTheKill);
        var acknowledged = load.Acknowledged;
        await using (var server = await StandaloneProcess.StartAsync(folder.Path))
        {
            await FenlandPlan.ImportAsync(server.Channel, Leaves);
            await FenlandPlan.OpenJanuaryAsync(server.Channel);
            var watching = seen.ReadAsync(server.Channel, long.MaxValue);
            // What is written before it begins is in its snapshot, and no change.
            await seen.Begun.WaitAsync(Deadline.Token);
            using var stop = new CancellationTokenSource();
            var writing = Enumerable.Range(0, Writers).Select(w => WriteAsync(server, w, load, stop.Token)).ToArray();
            await load.Reached.Task.WaitAsync(Deadline.Token);
            await server.Kill();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            await watching;
        }

        await using var again = await StandaloneProcess.StartAsync(folder.Path);
        var head = await FenlandPlan.HeadAsync(again.Channel);
        await seen.ReadAsync(again.Channel, head);

        // No gap, no duplicate, in order; and nothing that was acknowledged is missing or reads differently.
        Assert.Equal(Enumerable.Range(0, seen.Changes.Count).Select(i => seen.Changes[0].Revision + i), seen.Changes.Select(w => w.Revision));
        Assert.Equal(head, seen.Changes[^1].Revision);
        var narratives = seen.Changes.ToDictionary(w => w.Revision, w => w.Narrative);
        Assert.True(acknowledged.Count >= writesBeforeTheKill);
        Assert.All(acknowledged, a => Assert.Equal(a.Value, narratives.GetValueOrDefault(a.Key)));
    }

    private static async Task WriteAsync(
        StandaloneProcess server, int writer, Load load, CancellationToken stop)
    {
        var client = new ProgressService.ProgressServiceClient(server.Channel);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var update = new ProgressUpdate
            {
                Name = $"plans/fenland/actions/C{(writer + (i * Writers)) % Leaves + 1}/updates/2019-01",
                Narrative = $"Writer {writer}, write {i}.",
            };
            try
            {
                var saved = await client.SaveProgressUpdateAsync(
                    new SaveProgressUpdateRequest { ProgressUpdate = update }, cancellationToken: Deadline.Token);
                load.Count(saved.Revision, update.Narrative);
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled)
            {
                return;
            }
        }
    }

    private sealed class Load(int wanted)
    {
        public ConcurrentDictionary<long, string> Acknowledged { get; } = [];

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Count(long revision, string narrative)
        {
            Acknowledged[revision] = narrative;
            if (Acknowledged.Count >= wanted)
                Reached.TrySetResult();
        }
    }
}
