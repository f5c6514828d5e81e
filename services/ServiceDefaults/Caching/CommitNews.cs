using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// Tells this process that a database has something new, whoever wrote it: by its own writer at once, by others through Redis. It says
/// only that something is new, never what: whoever wants to know looks at the database. Messages may be lost, so nobody relies on them.
/// </summary>
public sealed class CommitNews<TContext> : IHostedService
    where TContext : DbContext
{
    private readonly SingleWriter<TContext> _writer;
    private readonly RedisConnection? _redis;
    private readonly RedisChannel _channel = RedisChannel.Literal(CacheKeys.Commits(typeof(TContext).Name));
    private readonly string _me = Guid.CreateVersion7().ToString("N");
    private long _commits;
    private int _unsaid;

    public CommitNews(SingleWriter<TContext> writer, IServiceProvider services)
    {
        _writer = writer;
        _redis = services.GetService<RedisConnection>();
        _writer.Committed += Committed;
    }

    /// <summary>Raised after each commit of this process, before its writers are told, and when another tells of its own.</summary>
    public event Action? Changed;

    /// <summary>Counts what was heard of. What was read when it stood as it stands now is as new as this process knows.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_redis is not null)
            _ = ListenAsync(_redis);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _writer.Committed -= Committed;
        return Task.CompletedTask;
    }

    private void Committed()
    {
        Raise();
        // Many commits while one message is under way are one message.
        if (_redis?.Current is { } redis && Interlocked.Increment(ref _unsaid) == 1)
            _ = SayAsync(redis);
    }

    private void Raise()
    {
        Interlocked.Increment(ref _commits);
        Changed?.Invoke();
    }

    private async Task SayAsync(ConnectionMultiplexer redis)
    {
        int said;
        do
        {
            said = Volatile.Read(ref _unsaid);
            try
            {
                await redis.GetSubscriber().PublishAsync(_channel, _me);
            }
            catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
            {
                // The others look at the database soon enough; health tells of Redis.
            }
        }
        while (Interlocked.Add(ref _unsaid, -said) > 0);
    }

    // The library subscribes again after each loss of the connection.
    private async Task ListenAsync(RedisConnection redis)
    {
        try
        {
            var connection = await redis.Made;
            // What was said while there was no connection was not heard.
            connection.ConnectionRestored += (_, _) => Raise();
            await connection.GetSubscriber().SubscribeAsync(_channel, (_, from) =>
            {
                if (from != _me)
                    Raise();
            });
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            // There is no Redis to listen to: RedisConnection, or health, tells of it.
        }
    }
}
