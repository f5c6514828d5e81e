using System.Security.Cryptography;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// The answers that the processes of the suite share, in Redis. Whatever Redis does, nobody here fails by it: what it does not give is
/// read from the database.
/// </summary>
internal sealed class SharedCache : IHealthCheck
{
    // Larger ones cost Redis and the network more than the database.
    private const int MostBytes = 1 << 20;

    private readonly RedisConnection _connection;
    private readonly CachingOptions _options;
    private readonly RedisLane _reading;
    private readonly RedisLane _writing;

    public SharedCache(RedisConnection connection, IOptions<CachingOptions> options, CacheMetrics metrics, TimeProvider time, ILogger<SharedCache> logger)
    {
        (_connection, _options) = (connection, options.Value);
        _reading = new RedisLane("Reading from", _options, metrics, time, logger);
        _writing = new RedisLane("Writing to", _options, metrics, time, logger);
        metrics.Watch(() => Failure is null);
    }

    private string? Failure => _reading.Failure ?? _writing.Failure;

    /// <summary>The value; null where Redis has none, or does not work.</summary>
    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (_reading.Pauses)
            return null;

        var (_, value) = await _reading.AskAsync(() => ReadAsync(key), cancellationToken);
        return value;
    }

    /// <summary>Puts a value there, behind the caller's back.</summary>
    public void Put(string key, byte[] value)
    {
        if (value.Length <= MostBytes && !_writing.Pauses)
            _ = _writing.AskAsync(() => WriteAsync(key, value), CancellationToken.None).AsTask();
    }

    /// <summary>Tries both ways, whether or not anybody else does: health is what is so now.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var written = RandomNumberGenerator.GetBytes(16);
        await _writing.AskAsync(() => WriteAsync(CacheKeys.Probe, written), cancellationToken);
        await _reading.AskAsync(() => ReadAsync(CacheKeys.Probe), cancellationToken);
        return Failure is { } failure
            ? HealthCheckResult.Degraded($"The cache does not do its part ({failure}); answers come from the database.")
            : HealthCheckResult.Healthy();
    }

    private async Task<byte[]?> ReadAsync(string key)
    {
        if ((byte[]?)await _connection.Database.StringGetAsync(key) is not { } stored)
            return null;

        return CachedValue.TryDecode(key, stored, out var value)
            ? value
            : throw new InvalidDataException($"it has something else under {key} than was put there");
    }

    private Task<bool> WriteAsync(string key, byte[] value) =>
        _connection.Database.StringSetAsync(key, CachedValue.Encode(key, value), _options.Lifetime);
}
