using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PlanServices.Cache;
using Xunit;

namespace PlanServices.Testing.Caching;

/// <summary>Which server of the Redis protocol a test is run against.</summary>
public enum RedisKind
{
    /// <summary>In the test's process: always there.</summary>
    Garnet,

    /// <summary>Debian's <c>redis-server</c>; the test is skipped where it is not installed.</summary>
    Redis,
}

/// <summary>A cache server on a port of the loopback, which can be stopped, and started again on the same port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "redis-server";

    private readonly RedisKind _kind;
    private readonly string[] _arguments;
    private CacheServer? _garnet;
    private Process? _process;

    private RedisServer(RedisKind kind, int port, string[] arguments) => (_kind, Port, _arguments) = (kind, port, arguments);

    /// <summary>The real one where it is installed.</summary>
    public static RedisKind Best => Installed ? RedisKind.Redis : RedisKind.Garnet;

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    private static bool Installed =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, Program)));

    /// <summary>A server that is not started yet.</summary>
    /// <param name="kind">Which; skips the test where it is not there.</param>
    /// <param name="arguments">Further words for <c>redis-server</c>.</param>
    public static RedisServer At(RedisKind kind, params string[] arguments)
    {
        if (kind == RedisKind.Redis)
        {
            Assert.SkipUnless(Installed, $"{Program} is not installed (Debian: redis-server).");
        }

        return new RedisServer(kind, FreePorts.Take(), arguments);
    }

    /// <summary>A server that answers.</summary>
    public static async Task<RedisServer> StartAsync(RedisKind kind, params string[] arguments)
    {
        var server = At(kind, arguments);
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        if (_kind == RedisKind.Garnet)
        {
            _garnet = new CacheServer(Options.Create(new CacheServerOptions { Port = Port, MemoryMegabytes = 16 }), NullLoggerFactory.Instance);
            await _garnet.StartAsync(Deadline.Token);
            return;
        }

        _process = Process.Start(new ProcessStartInfo(
            Program, ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. _arguments])
        {
            RedirectStandardOutput = true,
        })!;
        while (await _process.StandardOutput.ReadLineAsync(Deadline.Token) is { } line)
        {
            if (!line.Contains("Ready to accept connections", StringComparison.Ordinal))
                continue;

            _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return;
        }

        throw new InvalidOperationException($"{Program} ended before it was ready.");
    }

    /// <summary>It is gone, without a farewell.</summary>
    public async Task KillAsync()
    {
        _garnet?.Dispose();
        _garnet = null;
        if (_process is null)
            return;

        _process.Kill();
        await _process.WaitForExitAsync(Deadline.Token);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
