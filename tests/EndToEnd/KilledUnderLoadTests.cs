using System.Collections.Concurrent;
using Google.Protobuf;
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
        var seen = new Seen();
        var load = new Load(writesBeforeTheKill);
        var acknowledged = load.Acknowledged;
        await using (var server = await StandaloneProcess.StartAsync(folder.Path))
        {
            await ImportAsync(server);
            var watching = WatchAsync(server, seen, untilRevision: null);
            // What is written before it begins is in its snapshot, and no change.
            await seen.Begun.Task.WaitAsync(Deadline.Token);
            using var stop = new CancellationTokenSource();
            var writing = Enumerable.Range(0, Writers).Select(w => WriteAsync(server, w, load, stop.Token)).ToArray();
            await load.Reached.Task.WaitAsync(Deadline.Token);
            await server.Kill();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            await watching;
        }

        await using var again = await StandaloneProcess.StartAsync(folder.Path);
        var head = (await new PlanService.PlanServiceClient(again.Channel).GetPlanAsync(
            new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token)).HeadRevision;
        await WatchAsync(again, seen, head);

        // No gap, no duplicate, in order; and nothing that was acknowledged is missing or reads differently.
        Assert.Equal(Enumerable.Range(0, seen.Writes.Count).Select(i => seen.Writes[0].Revision + i), seen.Writes.Select(w => w.Revision));
        Assert.Equal(head, seen.Writes[^1].Revision);
        var narratives = seen.Writes.ToDictionary(w => w.Revision, w => w.Narrative);
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

    private static async Task WatchAsync(StandaloneProcess server, Seen seen, long? untilRevision)
    {
        using var watch = new ActionService.ActionServiceClient(server.Channel).WatchChanges(
            new WatchChangesRequest { Parent = "plans/fenland", ResumeToken = seen.ResumeToken }, cancellationToken: Deadline.Token);
        try
        {
            List<(long, string)> part = [];
            while (await watch.ResponseStream.MoveNext(Deadline.Token))
            {
                var message = watch.ResponseStream.Current;
                if (message.Kind == WatchChangesResponse.Types.Kind.Changes)
                    part.AddRange(message.Changes.Select(c => (c.Revision, c.ProgressUpdate?.Narrative ?? "")));
                if (!message.Consistent)
                    continue;

                // What was received and where to go on are kept together, as a reader of the contract does.
                seen.Writes.AddRange(part);
                seen.ResumeToken = message.ResumeToken;
                seen.Begun.TrySetResult();
                part.Clear();
                if (message.Revision >= untilRevision)
                    return;
            }
        }
        catch (RpcException) when (untilRevision is null)
        {
            // The server was killed.
        }
    }

    private static async Task ImportAsync(StandaloneProcess server)
    {
        var csv = string.Concat(Enumerable.Range(1, Leaves).Select(i => $"Communities,C{i},Walk beat {i},NP,Constabulary,Beat {i} was walked.,Green\n"));
        await new GridService.GridServiceClient(server.Channel).ImportGridAsync(
            new ImportGridRequest
            {
                Parent = "plans/fenland",
                Period = "2018-10",
                Format = ImportGridRequest.Types.Format.Csv,
                Content = ByteString.CopyFromUtf8("Theme,Ref,Priority action,OPCC lead,Delivery lead,Key delivery activities,Status\n" + csv),
                CreateMissing = true,
            },
            cancellationToken: Deadline.Token);
        await new PlanService.PlanServiceClient(server.Channel).CreatePeriodAsync(
            new CreatePeriodRequest { Parent = "plans/fenland", PeriodId = "2019-01", Period = new Period(), NoCarryOver = true },
            cancellationToken: Deadline.Token);
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

    private sealed class Seen
    {
        public List<(long Revision, string Narrative)> Writes { get; } = [];

        public string ResumeToken { get; set; } = "";

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
