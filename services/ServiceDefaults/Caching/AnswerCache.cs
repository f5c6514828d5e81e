using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// Keeps answers, as the bytes in which they are sent: in this process, and behind it in Redis where there is one. However many ask for an
/// answer that is not there, it is made once.
/// </summary>
public sealed class AnswerCache : IDisposable
{
    // What an entry takes beside its bytes: its key, and its place in the table.
    private const int EntryBytes = 600;

    private readonly SharedCache? _shared;
    private readonly CacheMetrics _metrics;
    private readonly bool _keeps;
    private readonly MemoryCache _memory;
    private readonly FusionCache _answers;

    internal AnswerCache(IOptions<CachingOptions> options, CacheMetrics metrics, ILoggerFactory loggers, SharedCache? shared)
    {
        (_shared, _metrics, _keeps) = (shared, metrics, options.Value.MemoryMegabytes > 0);
        _memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = (long)options.Value.MemoryMegabytes << 20 }, loggers);
        _answers = new FusionCache(
            new FusionCacheOptions
            {
                CacheName = "answers",
                DisableTagging = true,
                DefaultEntryOptions = new FusionCacheEntryOptions(options.Value.Lifetime) { Size = EntryBytes },
            },
            _memory,
            // What fails to be read is told to the caller, and logged where that is done; each entry of a log would cost a read its name.
            logger: null);
    }

    /// <summary>The answer under a key.</summary>
    /// <param name="key">One of <see cref="CacheKeys"/>.</param>
    /// <param name="state">What <paramref name="load"/> is given.</param>
    /// <param name="load">Reads it from the database; what it throws is thrown on and not kept.</param>
    /// <param name="cancellationToken">The call's.</param>
    public ValueTask<byte[]> GetAsync<TState>(
        string key, TState state, Func<TState, CancellationToken, Task<byte[]>> load, CancellationToken cancellationToken)
    {
        if (!_keeps)
            return new(SharedOrLoadedAsync(key, state, load, cancellationToken));
        if (_answers.TryGet<byte[]>(key, token: cancellationToken) is not { HasValue: true } found)
            return LoadAsync(key, state, load, cancellationToken);

        _metrics.Hit();
        return new(found.Value);
    }

    public void Dispose()
    {
        _answers.Dispose();
        _memory.Dispose();
    }

    private ValueTask<byte[]> LoadAsync<TState>(
        string key, TState state, Func<TState, CancellationToken, Task<byte[]>> load, CancellationToken cancellationToken) => _answers.GetOrSetAsync<byte[]>(
            key,
            async (context, token) =>
            {
                var bytes = await SharedOrLoadedAsync(key, state, load, token);
                context.Options.Size = EntryBytes + bytes.Length;
                return bytes;
            },
            token: cancellationToken);

    private async Task<byte[]> SharedOrLoadedAsync<TState>(
        string key, TState state, Func<TState, CancellationToken, Task<byte[]>> load, CancellationToken cancellationToken)
    {
        if (_shared is not null && await _shared.GetAsync(key, cancellationToken) is { } shared)
        {
            _metrics.SharedHit();
            return shared;
        }

        var bytes = await load(state, cancellationToken);
        _metrics.Miss();
        _shared?.Put(key, bytes);
        return bytes;
    }
}
