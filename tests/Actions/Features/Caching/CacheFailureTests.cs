using PlanServices.Testing;
using PlanServices.Testing.Caching;
using StackExchange.Redis;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Caching;

/// <summary>Whatever Redis does, answers are right, health says "Degraded" with 200, and it comes back by itself.</summary>
public class CacheFailureTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task GetPlanAction_AbsentAtStartThenThereThenLost_AnswersAllTheWhile(RedisKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var server = RedisServer.At(kind);
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path, server.Address, Keeping);

        Assert.Equal("Answer calls sooner", (await host.GetAsync()).Title);
        await host.CacheBecomesAsync("Degraded");
        await server.StartAsync();
        await host.CacheBecomesAsync("Healthy");
        Assert.Equal("Answer calls sooner", (await host.GetAsync()).Title);
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(server.Address))
            await CachedHost.StoredAsync(redis);
        await server.KillAsync();
        await host.RenameAsync("Answer every call");
        Assert.Equal("Answer every call", (await host.GetAsync()).Title);
        await host.CacheBecomesAsync("Degraded");
        await server.StartAsync();
        await host.CacheBecomesAsync("Healthy");
        Assert.NotEqual(0, host.Errors("unreachable"));
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task GetPlanAction_RedisStalls_IsNotWaitedForAndComesBack(RedisKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(kind);
        await using var proxy = new TcpProxy(server.Port);
        await using var host = await CachedHost.StartWithPlanAsync(
            folder.Path, proxy.Address, Keeping, ("Caching:Patience", "00:00:00.050"), ("Caching:Pause", "00:00:00.500"));
        await host.CacheBecomesAsync("Healthy");

        proxy.Stall();
        for (var i = 0; i < 20; i++)
            Assert.Equal("Answer calls sooner", (await host.GetAsync()).Title);
        Assert.NotEqual(0, host.Errors("slow"));
        await host.CacheBecomesAsync("Degraded");
        proxy.Resume();
        await host.CacheBecomesAsync("Healthy");
    }

    [Fact]
    public async Task GetPlanAction_RedisIsFull_AnswersAndGoesOnReadingIt()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(
            RedisKind.Redis, "--maxmemory", "1mb", "--maxmemory-policy", "noeviction", "--enable-debug-command", "yes");
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true");
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path, server.Address, Keeping);

        // An empty one takes nearly all of it already.
        await host.CacheBecomesAsync("Degraded");
        Assert.Equal("Answer calls sooner", (await host.GetAsync()).Title);
        Assert.NotEqual(0, host.Errors("refused"));
        await redis.GetServers()[0].ConfigSetAsync("maxmemory", "0");
        await host.CacheBecomesAsync("Healthy");
        await host.GetAsync();
        await CachedHost.StoredAsync(redis);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task GetPlanAction_ServerTalksRubbish_AnswersAndComesBack(RedisKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(kind);
        await using var proxy = new TcpProxy(server.Port);
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path, proxy.Address, Keeping, ("Caching:Patience", "00:00:00.500"));
        await host.CacheBecomesAsync("Healthy");

        proxy.AnswerWith("HTTP/1.1 400 Bad Request\r\n\r\nnot what you think\r\n"u8.ToArray());
        Assert.Equal("Answer calls sooner", (await host.GetAsync()).Title);
        await host.CacheBecomesAsync("Degraded");
        Assert.Equal("Answer calls sooner", (await host.GetAsync()).Title);
        proxy.AnswerWith(null);
        await host.CacheBecomesAsync("Healthy");
    }

    // The values arrive whole and are not what was put there: a server that answers, and health sees through it.
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task GetPlanAction_ValuesArriveGarbled_AnswersAndComesBack(RedisKind kind)
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(kind);
        await using var proxy = new TcpProxy(server.Port);
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path, proxy.Address, Keeping);
        await host.CacheBecomesAsync("Healthy");

        // How each value begins: the format, and the checksum's tag.
        proxy.Garble([0x08, 0x01, 0x11]);
        await host.CacheBecomesAsync("Degraded");
        Assert.NotEqual(0, host.Errors("rubbish"));
        Assert.Equal("Answer calls sooner", (await host.GetAsync()).Title);
        proxy.Garble(null);
        await host.CacheBecomesAsync("Healthy");
    }

    // What the library refuses before it asks, as where Redis became a replica, is a failure of Redis like any other.
    [Fact]
    public async Task GetPlanAction_LibraryRefusesTheCommands_AnswersAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(RedisKind.Garnet);
        await using var host = await CachedHost.StartWithPlanAsync(folder.Path, $"{server.Address},$SET=,$SETEX=,$PUBLISH=,$SUBSCRIBE=", Keeping);

        await host.CacheBecomesAsync("Degraded");
        Assert.Equal("Answer calls sooner", (await host.GetAsync()).Title);
        await host.RenameAsync("Answer every call");
        Assert.Equal("Answer every call", (await host.GetAsync()).Title);
        Assert.NotEqual(0, host.Errors("refused"));
    }

    [Theory]
    [InlineData("nothing of ours")]
    [InlineData("")]
    [InlineData("another format")]
    [InlineData("one bit")]
    [InlineData("another key's")]
    public async Task GetPlanAction_ValueIsRubbish_ReadsTheDatabase(string what)
    {
        using var folder = new TemporaryFolder();
        await using var server = await RedisServer.StartAsync(RedisKind.Garnet);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.Address);
        await using var writer = await CachedHost.StartWithPlanAsync(folder.Path, server.Address, Keeping, ("Caching:Pause", "00:05:00"));
        await writer.CacheBecomesAsync("Healthy");
        await writer.GetAsync();
        var key = await CachedHost.StoredAsync(redis);
        var stored = (byte[])(await redis.GetDatabase().StringGetAsync(key))!;
        switch (what)
        {
            case "another format":
                stored[1]++;
                break;
            case "one bit":
                stored[^3] ^= 1;
                break;
            case "another key's":
                await writer.Actions.GetPlanActionAsync(new() { Name = "plans/fenland/actions/V2" }, cancellationToken: Deadline.Token);
                var other = key.ToString()[..^1] + "2";
                RedisValue value;
                while ((value = await redis.GetDatabase().StringGetAsync(other)).IsNull)
                    Deadline.Token.ThrowIfCancellationRequested();
                stored = value!;
                break;
            default:
                stored = System.Text.Encoding.UTF8.GetBytes(what);
                break;
        }

        await redis.GetDatabase().StringSetAsync(key, stored);
        Assert.Equal("Answer calls sooner", (await writer.GetAsync()).Title);
        Assert.Equal(1, writer.Errors("rubbish"));

        // Another key, the one that health looks at, is as it should be; that does not take it back at once.
        await writer.CacheBecomesAsync("Degraded");
    }

    // Nothing is kept in the process: every read asks Redis.
    private static (string, string) Keeping => ("Caching:MemoryMegabytes", "0");
}
