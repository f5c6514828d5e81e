using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>
/// Validates access tokens: JWTs, checked against the issuer's public keys without asking it about each. What was found valid is
/// remembered by the token's SHA-256 until it ends or the keys change: no call pays for a signature that was checked before.
/// </summary>
internal sealed class AccessTokens(IOptions<AccessOptions> access, IssuerKeys keys, TimeProvider time)
{
    private const int MostCharacters = 16 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    // Public keys only: a key that verifies must not be one that signs.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MostCharacters };
    private readonly ConcurrentDictionary<TokenHash, Valid> _valid = new();
    private readonly ConditionalWeakTable<string, Valid> _seen = [];

    /// <summary>Whose token it is; null where it is not valid.</summary>
    /// <exception cref="IssuerOutOfReachException">Whether it is valid is not known.</exception>
    public ValueTask<ClaimsPrincipal?> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        keys.Renew();
        // Kestrel hands out the same string for a header that a connection sends again and again: it need not even be hashed.
        if (_seen.TryGetValue(token, out var seen) && IsGood(seen))
            return new(seen.User);
        if (token.Length > MostCharacters)
            return new(default(ClaimsPrincipal));

        var hash = TokenHash.Of(token);
        if (!_valid.TryGetValue(hash, out var valid) || !IsGood(valid))
            return CheckAsync(token, hash, cancellationToken);

        _seen.AddOrUpdate(token, valid);
        return new(valid.User);
    }

    private bool IsGood(Valid valid) => valid.Keys == keys.Current && time.GetUtcNow() < valid.End;

    private async ValueTask<ClaimsPrincipal?> CheckAsync(string token, TokenHash hash, CancellationToken cancellationToken)
    {
        _valid.TryRemove(hash, out _);
        if (!TryRead(token, out var jwt))
            return null;

        var known = await keys.FindAsync(jwt.Kid ?? "", cancellationToken);
        var checkedToken = await _handler.ValidateTokenAsync(jwt, Parameters(known));
        if (!checkedToken.IsValid)
            return null;

        CallerClaims.Complete(checkedToken.ClaimsIdentity, access.Value);
        var user = new KnownCaller(checkedToken.ClaimsIdentity);
        Remember(hash, new Valid(user, known, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero) + Skew));
        return user;
    }

    private TokenValidationParameters Parameters(IssuerKeySet known) => new()
    {
        ValidIssuer = known.Issuer,
        ValidAudience = access.Value.Audience,
        IssuerSigningKeys = known.Keys,
        ValidAlgorithms = Algorithms,
        // An access token of ours is no ID token, nor anything else that the issuer may sign.
        ValidTypes = access.Value.Authority.Length > 0 ? null : ["at+jwt"],
        NameClaimType = JwtRegisteredClaimNames.Sub,
        LifetimeValidator = (from, to, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return to is { } end && now < end + Skew && (from is not { } start || now >= start - Skew);
        },
    };

    private void Remember(TokenHash hash, Valid valid)
    {
        if (_valid.Count >= access.Value.RememberedTokens)
        {
            foreach (var (other, entry) in _valid)
            {
                if (entry.Keys != keys.Current || entry.End <= time.GetUtcNow())
                    _valid.TryRemove(other, out _);
            }
        }

        // Where all of them are still good, the next call of this one is checked anew.
        if (_valid.Count < access.Value.RememberedTokens)
            _valid[hash] = valid;
    }

    private static bool TryRead(string token, [NotNullWhen(true)] out JsonWebToken? jwt)
    {
        try
        {
            jwt = new JsonWebToken(token);
            return jwt.ValidTo > DateTime.MinValue;
        }
        catch (ArgumentException)
        {
            // SecurityTokenMalformedException among them.
            jwt = null;
            return false;
        }
    }

    private sealed record Valid(ClaimsPrincipal User, IssuerKeySet Keys, DateTimeOffset End);

    private readonly record struct TokenHash(UInt128 First, UInt128 Second)
    {
        public static TokenHash Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            // Half the bytes that its characters have, and half the work.
            var most = Encoding.UTF8.GetMaxByteCount(token.Length);
            Span<byte> text = most <= 4096 ? stackalloc byte[4096] : new byte[most];
            SHA256.HashData(text[..Encoding.UTF8.GetBytes(token, text)], hash);
            return MemoryMarshal.Read<TokenHash>(hash);
        }

        // Any part of a good hash is one.
        public override int GetHashCode() => (int)First;
    }
}
