using System.Threading.Channels;
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
public sealed class CommitNews<TContext> : IHostedService, IDisposable
    where TContext : DbContext
{
    private readonly SingleWriter<TContext> _writer;
    private readonly RedisConnection? _redis;
    private readonly RedisChannel _channel = RedisChannel.Literal(CacheKeys.Commits(typeof(TContext).Name));
    private readonly string _me = Guid.CreateVersion7().ToString("N");

    // Many commits while one message is under way are one message.
    private readonly Channel<bool> _unsaid = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private long _commits;
    private Task _talking = Task.CompletedTask;

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
            _talking = Task.WhenAll(ListenAsync(_redis), SayAsync(_redis));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _writer.Committed -= Committed;
        _unsaid.Writer.TryComplete();
        await _stop.CancelAsync();
        await _talking.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stop.Dispose();

    private void Committed()
    {
        Raise();
        _unsaid.Writer.TryWrite(true);
    }

    private void Raise()
    {
        Interlocked.Increment(ref _commits);
        Changed?.Invoke();
    }

    private async Task SayAsync(RedisConnection redis)
    {
        await foreach (var _ in _unsaid.Reader.ReadAllAsync())
        {
            try
            {
                if (redis.Current is { } connection)
                    await connection.GetSubscriber().PublishAsync(_channel, _me);
            }
            catch (Exception e) when (RedisLane.KindOf(e) is not null)
            {
                // The others look at the database soon enough; health tells of Redis.
            }
        }
    }

    // The library subscribes again after each loss of the connection.
    private async Task ListenAsync(RedisConnection redis)
    {
        try
        {
            var connection = await redis.Made.WaitAsync(_stop.Token);
            // What was said while there was no connection was not heard.
            connection.ConnectionRestored += (_, _) => Raise();
            await connection.GetSubscriber().SubscribeAsync(_channel, (_, from) =>
            {
                if (from != _me)
                    Raise();
            });
        }
        catch (Exception e) when (e is OperationCanceledException || RedisLane.KindOf(e) is not null)
        {
            // There is no Redis to listen to: RedisConnection, or health, tells of it.
        }
    }
}
