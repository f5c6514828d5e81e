using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlanServices.ServiceDefaults.Hosting;
using StackExchange.Redis;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// The connection to Redis: made behind the start's back, and made again for as long as the process runs. While it is not there, what is
/// asked fails at once.
/// </summary>
internal sealed partial class RedisConnection(IConfiguration configuration, ILogger<RedisConnection> logger) : IHostedService, IStartCheck, IAsyncDisposable
{
    /// <summary>Where Redis is: <c>host:port,password=…</c>.</summary>
    public const string Name = "cache";

    private static readonly TimeSpan ConnectPause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<ConnectionMultiplexer> _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private volatile ConnectionMultiplexer? _connection;
    private Task _making = Task.CompletedTask;

    /// <summary>The connection, once there is one; it stays the same through every loss.</summary>
    public Task<ConnectionMultiplexer> Made => _made.Task;

    /// <summary>The same; null while there is none yet.</summary>
    public ConnectionMultiplexer? Current => _connection;

    /// <summary>Where values are.</summary>
    /// <exception cref="RedisConnectionException">There is no connection yet.</exception>
    public IDatabase Database => _connection?.GetDatabase()
        ?? throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, "There is no connection yet.");

    public void Check()
    {
        try
        {
            Options();
        }
        catch (ArgumentException e)
        {
            throw new StartRefusedException($"ConnectionStrings:{Name} is not understood: {e.Message}");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _making = MakeAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _making;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task MakeAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            _connection = await ConnectionMultiplexer.ConnectAsync(Options()).WaitAsync(_stop.Token);
            _made.SetResult(_connection);
        }
        catch (OperationCanceledException)
        {
            // The host stops before there was one.
            _made.SetCanceled(_stop.Token);
        }
        catch (RedisConnectionException e)
        {
            Log.NotMade(logger, e.Message);
            _made.SetException(e);
        }
    }

    private ConfigurationOptions Options()
    {
        var options = ConfigurationOptions.Parse(configuration.GetConnectionString(Name)!);
        options.ClientName ??= "planservices";
        // It connects whenever Redis is there; until then nobody waits in a queue.
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry((int)ConnectPause.TotalMilliseconds);
        return options;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The cache cannot be connected to as ConnectionStrings:cache says ({Cause}); this process does without it")]
        public static partial void NotMade(ILogger logger, string cause);
    }
}
