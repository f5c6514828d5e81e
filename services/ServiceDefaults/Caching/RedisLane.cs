using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// One kind of asking Redis, reading or writing: waits no longer than it should, and leaves Redis alone for a while after it failed. A
/// Redis that is full still reads, so each kind has a lane of its own.
/// </summary>
internal sealed partial class RedisLane(string what, CachingOptions options, CacheMetrics metrics, TimeProvider time, ILogger logger)
{
    private const string Rubbish = "rubbish";

    private long _failedAt;
    private volatile string? _failure;

    /// <summary>How it failed; null while it works.</summary>
    public string? Failure => _failure;

    /// <summary>True while Redis is left alone.</summary>
    public bool Pauses => _failure is not null && time.GetElapsedTime(Volatile.Read(ref _failedAt)) < options.Pause;

    /// <summary>Asks Redis; false where it did not answer as it should. Never throws for what Redis does.</summary>
    public async ValueTask<(bool Done, T? Value)> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var value = await ask().WaitAsync(options.Patience, time, cancellationToken);
            // Who writes rubbish under one key may leave others alone: that passes with time, not by the next good answer.
            if (_failure is { } failure && (failure != Rubbish || !Pauses))
            {
                _failure = null;
                Log.Works(logger, what);
            }

            return (true, value);
        }
        catch (Exception e) when (KindOf(e) is { } kind)
        {
            Failed(kind, e);
            return (false, default);
        }
    }

    /// <summary>How Redis failed, by what was thrown; null where that is no failure of Redis.</summary>
    public static string? KindOf(Exception exception) => exception switch
    {
        TimeoutException => "slow",
        // The one is said by the server, the other by the client, which knows that the server would refuse.
        RedisServerException or RedisCommandException => "refused",
        RedisException or ObjectDisposedException => "unreachable",
        InvalidDataException => Rubbish,
        _ => null,
    };

    private void Failed(string kind, Exception cause)
    {
        metrics.Error(kind);
        Volatile.Write(ref _failedAt, time.GetTimestamp());
        if (_failure is null)
            Log.Fails(logger, what, kind, cause.Message, options.Pause);
        _failure = kind;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{What} the cache fails ({Kind}: {Cause}); answers come from the database, and it is tried again after {Pause}")]
        public static partial void Fails(ILogger logger, string what, string kind, string cause, TimeSpan pause);

        [LoggerMessage(Level = LogLevel.Information, Message = "{What} the cache works again")]
        public static partial void Works(ILogger logger, string what);
    }
}
