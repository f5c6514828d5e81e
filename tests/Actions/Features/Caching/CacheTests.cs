using System.Text.Json;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using PlanServices.Testing.Caching;
using StackExchange.Redis;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Caching;

public class CacheTests
{
    [Fact]
    public async Task GetPlanAction_HundredAtOnce_OneReadOfTheDatabase()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(RedisKind.Garnet);
        await using var proxy = new TcpProxy(server.Port);
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path, proxy.Address);
        await host.CacheBecomesAsync("Healthy");

        // Whoever would read waits for Redis first, until all hundred have come.
        proxy.Stall();
        var reading = Task.WhenAll(Enumerable.Range(0, 100).Select(_ => host.GetAsync()));
        var deadline = Deadline.Token;
        while (host.Unanswered < 100)
            deadline.ThrowIfCancellationRequested();
        Assert.Equal(0, host.Reads("database"));
        proxy.Resume();
        var read = await reading;

        Assert.All(read, a => Assert.Equal(read[0], a));
        Assert.Equal(1, host.Reads("database"));
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task GetPlanAction_ReadByAnotherProcessBefore_ComesFromRedis(RedisKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(kind);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await using var first = await CachedHost.StartWithPlanAsync(folder.Path, server.Address);
        await using var second = await CachedHost.StartAsync(folder.Path, server.Address);
        await first.CacheBecomesAsync("Healthy");
        await second.CacheBecomesAsync("Healthy");

        var read = await first.GetAsync();
        await CachedHost.StoredAsync(redis);
        Assert.Equal(read, await second.GetAsync());
        Assert.Equal(read, await second.GetAsync());
        Assert.Equal((0, 1, 1), (second.Reads("database"), second.Reads("shared"), second.Reads("memory")));
    }

    [Fact]
    public async Task GetPlanAction_WrittenElsewhereAndNobodyTells_TheTokenIsNeverBehind()
    {
        using var folder = new TemporaryFolder();
        await using var writer = await CachedHost.StartWithPlanAsync(folder.Path);
        await using var reader = await CachedHost.StartAsync(folder.Path);
        for (var i = 0; i < 20; i++)
        {
            await reader.GetAsync();
            var written = await writer.RenameAsync($"Answer calls sooner, {i}");

            // It has not heard of it, and is not asked for more than it has.
            Assert.NotEqual(written.Title, (await reader.GetAsync()).Title);
            Assert.Equal(written, await reader.GetAsync(written.Revision));
            Assert.Equal(written, await writer.GetAsync());
        }
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task GetPlanAction_WrittenElsewhere_RedisTells(RedisKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(kind);
        await using var writer = await CachedHost.StartWithPlanAsync(folder.Path, server.Address);
        await using var reader = await CachedHost.StartTimelessAsync(folder.Path, server.Address);

        await HearsAsync(writer, reader);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task GetPlanAction_RedisIsKilledAndThereAgain_RedisTellsAgain(RedisKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(kind);
        await using var writer = await CachedHost.StartWithPlanAsync(folder.Path, server.Address);
        await using var reader = await CachedHost.StartTimelessAsync(folder.Path, server.Address);
        await HearsAsync(writer, reader);

        await server.KillAsync();
        await writer.CacheBecomesAsync("Degraded");
        await reader.CacheBecomesAsync("Degraded");
        var heard = await reader.GetAsync();
        await writer.RenameAsync("Answer every call");
        Assert.Equal(heard, await reader.GetAsync());
        await server.StartAsync();

        await HearsAsync(writer, reader);
    }

    [Fact]
    public async Task WatchChanges_WrittenElsewhere_IsSentWhenRedisTells()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(RedisKind.Garnet);
        await using var writer = await CachedHost.StartWithPlanAsync(folder.Path, server.Address);
        await using var reader = await CachedHost.StartTimelessAsync(folder.Path, server.Address);
        await HearsAsync(writer, reader);
        using var watch = reader.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        while (await watch.ResponseStream.MoveNext(Deadline.Token) && watch.ResponseStream.Current.Kind != WatchChangesResponse.Types.Kind.Checkpoint)
        {
            // The snapshot.
        }

        var written = await writer.RenameAsync("Answer every call");
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        Assert.Equal((WatchChangesResponse.Types.Kind.Changes, written.Revision), (watch.ResponseStream.Current.Kind, watch.ResponseStream.Current.Revision));
    }

    [Theory]
    [InlineData("99", StatusCode.Unavailable)]
    [InlineData("-1", StatusCode.InvalidArgument)]
    [InlineData("newest", StatusCode.InvalidArgument)]
    public async Task GetPlanAction_RevisionThatIsNotThere_SaysSo(string least, StatusCode status)
    {
        using var folder = new TemporaryFolder();
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path, null);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Actions.GetPlanActionAsync(
            new GetPlanActionRequest { Name = CachedHost.Name },
            new Metadata { { "planservices-min-revision", least } },
            cancellationToken: new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token));

        Assert.Equal(status, error.StatusCode);
        Assert.Contains(status == StatusCode.Unavailable ? "plans/fenland is at revision 1, not 99" : "planservices-min-revision", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListPlanActions_KeptPage_IsTheSameOverGrpcAndJson()
    {
        using var folder = new TemporaryFolder();
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path);
        var request = new ListPlanActionsRequest { Parent = "plans/fenland", PageSize = 2 };

        var first = await host.Actions.ListPlanActionsAsync(request, cancellationToken: Deadline.Token);
        var again = await host.Actions.ListPlanActionsAsync(request, cancellationToken: Deadline.Token);
        using var json = JsonDocument.Parse(await host.Http.GetStringAsync("/v1/plans/fenland/actions?pageSize=2", Deadline.Token));
        request.PageToken = first.NextPageToken;
        var rest = await host.Actions.ListPlanActionsAsync(request, cancellationToken: Deadline.Token);

        Assert.Equal(first, again);
        var refs = json.RootElement.GetProperty("planActions").EnumerateArray().Select(a => a.GetProperty("ref").GetString());
        Assert.Equal(first.PlanActions.Select(a => a.Ref), refs);
        Assert.Equal(["T1", "V1", "V2"], first.PlanActions.Concat(rest.PlanActions).Select(a => a.Ref).Order());
        Assert.Equal((2, 2), (host.Reads("memory"), host.Reads("database")));
    }

    [Fact]
    public async Task GetPlanAction_AfterWrites_IsWhatTheListHas()
    {
        using var folder = new TemporaryFolder();
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path);
        await host.RenameAsync("Answer every call");
        var made = new CreatePlanActionRequest
        {
            Parent = "plans/fenland",
            PlanActionId = "V1.1",
            PlanAction = new PlanAction { ParentAction = CachedHost.Name, Title = "Staff the desk" },
        };
        await host.Actions.CreatePlanActionAsync(made, cancellationToken: Deadline.Token);
        await host.Actions.RetirePlanActionAsync(
            new RetirePlanActionRequest { Name = "plans/fenland/actions/V2", Reason = "It is done." }, cancellationToken: Deadline.Token);

        var listed = await host.Actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.Equal(4, listed.PlanActions.Count);
        foreach (var action in listed.PlanActions)
            Assert.Equal(action, await host.Actions.GetPlanActionAsync(new GetPlanActionRequest { Name = action.Name }, cancellationToken: Deadline.Token));
    }

    // Whoever does not listen yet misses what is said, so each time the writes go on until one is heard. Connecting counts as hearing
    // once or twice, since things may have been missed before it: ten times is more than that.
    private static async Task HearsAsync(CachedHost writer, CachedHost reader)
    {
        var deadline = Deadline.Token;
        for (var times = 0; times < 10; times++)
        {
            var known = (await reader.GetAsync()).Title;
            do
            {
                deadline.ThrowIfCancellationRequested();
                await writer.RenameAsync($"Answer calls sooner, {Guid.CreateVersion7()}");
            }
            while ((await reader.GetAsync()).Title == known);
        }
    }
}
