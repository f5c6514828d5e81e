using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Limits;

/// <summary>How much each client may ask of this process, and each address without a client.</summary>
public sealed class CallLimits(IOptions<AccessOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _calls = PartitionedRateLimiter.Create<string, string>(
        client => RateLimitPartition.GetTokenBucketLimiter(client, _ => Bucket(options.Value.CallsPerSecond!.Value, options.Value.CallsAtOnce!.Value)));

    private readonly PartitionedRateLimiter<string> _streams = PartitionedRateLimiter.Create<string, string>(
        client => RateLimitPartition.GetConcurrencyLimiter(client, _ => new ConcurrencyLimiterOptions { PermitLimit = options.Value.Streams }));

    private readonly PartitionedRateLimiter<IPAddress> _anonymous = PartitionedRateLimiter.Create<IPAddress, IPAddress>(
        address => RateLimitPartition.GetTokenBucketLimiter(
            address, _ => Bucket(options.Value.AnonymousCallsPerSecond, 4 * options.Value.AnonymousCallsPerSecond)));

    /// <summary>RESOURCE_EXHAUSTED where the client made too many calls.</summary>
    public void TakeCall(string client)
    {
        using var lease = _calls.AttemptAcquire(client);
        if (!lease.IsAcquired)
            throw ApiErrors.RateLimited($"{client} makes more than {options.Value.CallsPerSecond:N0} calls a second; call again in a moment.", Pause(lease));
    }

    /// <summary>RESOURCE_EXHAUSTED where the client has too many streams open; otherwise what is to be disposed with the stream.</summary>
    public IDisposable TakeStream(string client)
    {
        var lease = _streams.AttemptAcquire(client);
        if (lease.IsAcquired)
            return lease;

        lease.Dispose();
        throw ApiErrors.RateLimited($"{client} has {options.Value.Streams} streams open; end one first.", TimeSpan.FromSeconds(1));
    }

    /// <summary>What to answer an address that makes too many calls without a valid token; null where it does not.</summary>
    public ApiException? TakeAnonymous(IPAddress? address)
    {
        using var lease = _anonymous.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired ? null : ApiErrors.RateLimited("Too many calls without a valid token; call again in a moment.", Pause(lease));
    }

    public void Dispose()
    {
        _calls.Dispose();
        _streams.Dispose();
        _anonymous.Dispose();
    }

    private static TimeSpan Pause(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) && pause > TimeSpan.Zero ? pause : TimeSpan.FromSeconds(1);

    private static TokenBucketRateLimiterOptions Bucket(int perSecond, int atOnce) => new()
    {
        TokenLimit = Math.Max(perSecond, atOnce),
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    };
}
