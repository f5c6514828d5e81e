using Grpc.Core;
using Microsoft.Data.Sqlite;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using PlanServices.Testing.Caching;
using StackExchange.Redis;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Replicas;

/// <summary>Several processes of the catalogue on one database.</summary>
public sealed class ActionsReplicasTests
{
    private const int Leaves = 4;
    private const int Writers = 6;
    private const int Enough = 150;
    private const int Reads = 50;

    [Fact]
    public async Task Replicas_OneIsKilledUnderLoad_NoCountIsLostAndAllWatchersSeeOneOrder()
    {
        await using var suite = await ReplicatedSuite.StartAsync(partners: 1, actions: 3);
        await suite.ImportAsync(Leaves);
        AssertMigratedOnce(Path.Combine(suite.Folder, "actions.db"));
        var alive = suite.Actions.ToList();
        var writers = new CountingWriters(() => alive, Leaves);
        var (first, second) = (new ChangeLogReader(), new ChangeLogReader());
        await second.ReadAsync(suite.Actions[2].Channel, await FenlandPlan.HeadAsync(suite.Actions[1].Channel));
        var watching = first.ReadAsync(suite.Actions[0].Channel, long.MaxValue);

        await RunAsync(writers, async () =>
        {
            await suite.Actions[0].KillAsync();
            alive = [.. suite.Actions[1..]];
        });
        await watching;

        var head = await FenlandPlan.HeadAsync(suite.Actions[1].Channel);
        await AssertNothingLostAsync(suite.Actions[2], writers, head);
        // The watcher of the one that was killed goes on at another; who watches elsewhere sees the same.
        await first.ReadAsync(suite.Actions[1].Channel, head);
        await second.ReadAsync(suite.Actions[2].Channel, head);
        AssertOneOrder(first, writers, head);
        AssertOneOrder(second, writers, head);
        Assert.Equal(second.Changes.TakeLast(Enough), first.Changes.TakeLast(Enough));
    }

    [Fact]
    public async Task Replicas_RestartedOneAfterAnotherUnderLoad_EveryCallIsHealedByAnother()
    {
        await using var suite = await ReplicatedSuite.StartAsync(partners: 1, actions: 2);
        await suite.ImportAsync(Leaves);
        var writers = new CountingWriters(() => suite.Actions, Leaves);
        var log = new ChangeLogReader();
        await log.ReadAsync(suite.Actions[1].Channel, await FenlandPlan.HeadAsync(suite.Actions[0].Channel));

        await RunAsync(writers, async () =>
        {
            for (var i = 0; i < suite.Actions.Length; i++)
                Assert.Equal(0, await suite.RestartAsync("Actions", i));
        });

        var head = await FenlandPlan.HeadAsync(suite.Actions[0].Channel);
        await AssertNothingLostAsync(suite.Actions[1], writers, head);
        await log.ReadAsync(suite.Actions[1].Channel, head);
        AssertOneOrder(log, writers, head);
        TestContext.Current.SendDiagnosticMessage("{0} calls were sent again, {1} writes were acknowledged.", writers.Healed, writers.Acknowledged.Count);
    }

    // The replicas look at the database by themselves too seldom to help, and for the second half they cannot hear of each other.
    [Fact]
    public async Task Reads_AtAnotherReplicaThanTheWrite_AreNeverOlderThanItsRevision()
    {
        await using var suite = await ReplicatedSuite.StartAsync(partners: 1, actions: 2, settings: ("Caching__MostStale", "00:01:00"));
        await suite.ImportAsync(Leaves);
        for (var i = 0; i < Reads; i++)
        {
            if (i == Reads / 2)
            {
                await AssertSharedAsync(suite.Cache);
                await suite.Cache.KillAsync();
            }

            var (one, other) = (suite.Actions[i % 2], suite.Actions[(i + 1) % 2]);
            var action = new PlanAction { Name = $"plans/fenland/actions/C{(i % Leaves) + 1}", Title = $"Walk beat {i}, again" };
            var (writer, reader) = (new ActionService.ActionServiceClient(one.Channel), new ActionService.ActionServiceClient(other.Channel));
            var get = new GetPlanActionRequest { Name = action.Name };
            // It knows where the plan stands, and has no reason of its own to look again.
            await reader.GetPlanActionAsync(get, cancellationToken: Deadline.Token);
            var written = await writer.UpdatePlanActionAsync(new UpdatePlanActionRequest { PlanAction = action }, cancellationToken: Deadline.Token);
            var least = new Metadata { { "planservices-min-revision", $"{written.Revision}" } };
            Assert.Equal(written, await reader.GetPlanActionAsync(get, least, cancellationToken: Deadline.Token));
            var listed = await reader.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = "plans/fenland" }, least, cancellationToken: Deadline.Token);
            Assert.Equal(written, listed.PlanActions.Single(a => a.Name == action.Name));
        }
    }

    // What they read is in the cache, and each of them listens there.
    private static async Task AssertSharedAsync(RedisServer cache)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(cache.Address);
        var server = redis.GetServers()[0];
        Assert.Contains(server.Keys(), k => k.ToString().Contains(":action:", StringComparison.Ordinal));
        Assert.Contains(server.Keys(), k => k.ToString().Contains(":actions:", StringComparison.Ordinal));
        Assert.Equal(2, await server.SubscriptionSubscriberCountAsync(RedisChannel.Literal("planservices:1:commits:ActionsContext")));
    }

    // Something happens after half of the writes; the other half comes after it.
    private static async Task RunAsync(CountingWriters writers, Func<Task> happens)
    {
        using var stop = new CancellationTokenSource();
        var writing = Enumerable.Range(0, Writers).Select(w => writers.WriteAsync(w, stop.Token)).ToArray();
        var all = Task.WhenAll(writing);
        await ReachAsync(writers, Enough, all);
        await happens();
        await ReachAsync(writers, writers.Acknowledged.Count + Enough, all);
        await stop.CancelAsync();
        await all;
    }

    private static async Task ReachAsync(CountingWriters writers, int count, Task writing)
    {
        var deadline = Deadline.Token;
        while (writers.Acknowledged.Count < count)
        {
            deadline.ThrowIfCancellationRequested();
            if (writing.IsFaulted)
                await writing;
            await Task.Yield();
        }
    }

    // Each leaf's number is how often it was counted: no write stepped over another.
    private static async Task AssertNothingLostAsync(ServiceProcess replica, CountingWriters writers, long head)
    {
        Assert.True(writers.Acknowledged.Keys.Max() <= head);
        var stored = await new ProgressService.ProgressServiceClient(replica.Channel).ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = "plans/fenland/actions/-", Period = "2019-01", PageSize = 1000 }, cancellationToken: Deadline.Token);
        foreach (var leaf in writers.Acknowledged.Values.GroupBy(u => u.Name))
            Assert.Equal(leaf.Select(CountingWriters.CountOf).Order(), Enumerable.Range(1, CountingWriters.CountOf(stored.ProgressUpdates.Single(u => u.Name == leaf.Key))));
    }

    private static void AssertOneOrder(ChangeLogReader log, CountingWriters writers, long head)
    {
        Assert.Equal(Enumerable.Range(0, log.Changes.Count).Select(i => log.Changes[0].Revision + i), log.Changes.Select(c => c.Revision));
        Assert.Equal(head, log.Changes[^1].Revision);
        var seen = log.Changes.ToDictionary(c => c.Revision);
        Assert.All(
            writers.Acknowledged.Where(a => a.Key >= log.Changes[0].Revision),
            a => Assert.Equal((a.Value.Name, a.Value.Narrative), (seen[a.Key].Name, seen[a.Key].Narrative)));
    }

    private static void AssertMigratedOnce(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) = COUNT(DISTINCT "MigrationId") AND COUNT(*) > 0 FROM "__EFMigrationsHistory" """;
        Assert.Equal(1L, command.ExecuteScalar());
    }
}
