using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// One kind of asking Redis, reading or writing: waits no longer than it should, and leaves Redis alone for a while after it failed. A
/// Redis that is full still reads, so each kind has a lane of its own.
/// </summary>
internal sealed partial class RedisLane(string what, CachingOptions options, CacheMetrics metrics, TimeProvider time, ILogger logger)
{
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
            if (_failure is not null)
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

    /// <summary>Redis answered, and it was nothing that this suite put there.</summary>
    public void Rubbish(string key)
    {
        metrics.Error("rubbish");
        Log.Rubbish(logger, key);
    }

    private void Failed(string kind, Exception cause)
    {
        metrics.Error(kind);
        Volatile.Write(ref _failedAt, time.GetTimestamp());
        if (_failure is null)
            Log.Fails(logger, what, kind, cause.Message, options.Pause);
        _failure = kind;
    }

    private static string? KindOf(Exception exception) => exception switch
    {
        TimeoutException => "slow",
        RedisServerException => "refused",
        RedisException or ObjectDisposedException => "unreachable",
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{What} the cache fails ({Kind}: {Cause}); answers come from the database, and it is tried again after {Pause}")]
        public static partial void Fails(ILogger logger, string what, string kind, string cause, TimeSpan pause);

        [LoggerMessage(Level = LogLevel.Information, Message = "{What} the cache works again")]
        public static partial void Works(ILogger logger, string what);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The cache has something else under {Key} than was put there; it is not used")]
        public static partial void Rubbish(ILogger logger, string key);
    }
}
