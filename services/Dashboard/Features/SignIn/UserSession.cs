using Grpc.Core;

namespace PlanServices.Dashboard.Features.SignIn;

/// <summary>What the issuer gave for a person.</summary>
/// <param name="Access">The token that calls carry.</param>
/// <param name="Refresh">What gets the next one; empty where there is none.</param>
/// <param name="End">When the access token ends.</param>
internal sealed record SessionTokens(string Access, string Refresh, DateTimeOffset End);

/// <summary>A person who is signed in: their access token, renewed before it ends for as long as the issuer allows and the session lasts.</summary>
internal sealed class UserSession(SessionTokens first, string idToken, DateTimeOffset end, TokenRenewal renewal, TimeProvider time)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly Lock _renewing = new();
    private volatile SessionTokens? _tokens = first;
    private volatile string? _refused;
    private Task<string>? _renewal;

    /// <summary>Who it is, as the issuer wants it said at sign-out.</summary>
    public string IdToken { get; } = idToken;

    /// <exception cref="RpcException">UNAUTHENTICATED: the session is over. UNAVAILABLE: the issuer does not answer.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<string> renewed;
        lock (_renewing)
        {
            if (_tokens is not { } held || time.GetUtcNow() >= end)
                throw Over();
            if (IsGood(held))
                return held.Access;
            if (_renewal is null or { IsCompleted: true })
                _renewal = RenewAsync(held);
            renewed = _renewal;
        }

        return await renewed.WaitAsync(cancellationToken);
    }

    /// <summary>The token was refused: the next call gets another.</summary>
    public void Drop(string token) => _refused = token;

    /// <summary>The person signed out, or may no longer be signed in: pages that are still open stop.</summary>
    public void End() => _tokens = null;

    private bool IsGood(SessionTokens held) => held.Access != _refused && time.GetUtcNow() < held.End - Early;

    private async Task<string> RenewAsync(SessionTokens held)
    {
        var refused = held.Access == _refused;
        if (held.Refresh.Length == 0)
            return refused || time.GetUtcNow() >= held.End ? throw Over() : held.Access;

        try
        {
            var next = await renewal.RenewAsync(held);
            if (_tokens is null || next is null)
            {
                End();
                throw Over();
            }

            _tokens = next;
            return next.Access;
        }
        catch (HttpRequestException e)
        {
            // It is still good for a moment; the next call tries again.
            if (!refused && time.GetUtcNow() < held.End)
                return held.Access;
            throw new RpcException(new Status(StatusCode.Unavailable, "The sign-in service does not answer.", e));
        }
    }

    private static RpcException Over() => new(new Status(StatusCode.Unauthenticated, "The sign-in is over."));
}
