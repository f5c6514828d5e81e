using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>The public keys of the issuer at one time.</summary>
internal sealed record IssuerKeySet(string Issuer, IReadOnlyList<SecurityKey> Keys)
{
    public bool Has(string kid) => Keys.Any(k => k.KeyId == kid);

    public bool IsSameAs(IssuerKeySet other) =>
        Issuer == other.Issuer && Keys.Select(k => k.KeyId).Order().SequenceEqual(other.Keys.Select(k => k.KeyId).Order());
}

/// <summary>Reads the issuer's keys.</summary>
internal interface IIssuerKeySource
{
    Task<IssuerKeySet> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>The issuer's keys cannot be read: whether a token is valid is not known.</summary>
internal sealed class IssuerOutOfReachException(Exception cause) : Exception("The issuer of the access tokens is out of reach.", cause);

/// <summary>
/// Holds the issuer's keys: read at the first token, again where a token names one that is not known, and now and then so that one that
/// was withdrawn goes.
/// </summary>
internal sealed partial class IssuerKeys(IIssuerKeySource source, IOptions<AccessOptions> access, TimeProvider time, ILogger<IssuerKeys> logger)
{
    // Tokens with made-up key names, and an issuer that is down, cost no more than this.
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _reading = new();
    private volatile IssuerKeySet? _keys;
    private Task<IssuerKeySet>? _read;
    private long _readAt;

    /// <summary>What was read last; another object where the keys changed.</summary>
    public IssuerKeySet? Current => _keys;

    /// <summary>The keys, with the named one among them where the issuer has it.</summary>
    /// <exception cref="IssuerOutOfReachException">They cannot be read, and the named one is not known.</exception>
    public async ValueTask<IssuerKeySet> FindAsync(string kid, CancellationToken cancellationToken) =>
        _keys is { } keys && keys.Has(kid) ? keys : await ReadAsync(LeastPause).WaitAsync(cancellationToken);

    /// <summary>Has the keys read again behind the caller's back when they are old.</summary>
    public void Renew()
    {
        if (Volatile.Read(ref _readAt) is var at && at != 0 && time.GetElapsedTime(at) > access.Value.KeyLifetime)
            _ = LogFailureAsync(ReadAsync(access.Value.KeyLifetime));
    }

    // Whoever comes while the keys are being read, or just after, has the same answer.
    private Task<IssuerKeySet> ReadAsync(TimeSpan pause)
    {
        lock (_reading)
        {
            if (_read is null || (_read.IsCompleted && time.GetElapsedTime(_readAt) > pause))
            {
                Volatile.Write(ref _readAt, time.GetTimestamp());
                _read = FetchAsync();
            }

            return _read;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the cause, the keys are not there, and it is told on.")]
    private async Task<IssuerKeySet> FetchAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            var read = await source.ReadAsync(patience.Token);
            if (_keys is { } held && held.IsSameAs(read))
                return held;

            Log.Read(logger, read.Issuer, read.Keys.Count);
            return _keys = read;
        }
        catch (Exception e)
        {
            throw new IssuerOutOfReachException(e);
        }
    }

    private async Task LogFailureAsync(Task reading)
    {
        try
        {
            await reading;
        }
        catch (IssuerOutOfReachException e)
        {
            Log.NotRenewed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Access tokens of {Issuer} are accepted, signed with one of its {Keys} keys")]
        public static partial void Read(ILogger logger, string issuer, int keys);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The issuer's keys could not be read again; those that are known stay")]
        public static partial void NotRenewed(ILogger logger, Exception exception);
    }
}
