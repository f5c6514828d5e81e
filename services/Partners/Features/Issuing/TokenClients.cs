using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Clients;

namespace PlanServices.Partners.Features.Issuing;

/// <summary>A client whose secret was right.</summary>
internal sealed record TokenClient(string Id, IReadOnlyList<string> Scopes, string Partner);

/// <summary>Knows clients by their secrets: those of the settings, and those of the database, each of which may have two for a while.</summary>
internal sealed class TokenClients(IDbContextFactory<PartnersContext> contexts, ConfiguredClients configured, TimeProvider time)
{
    /// <summary>The client; null where there is none of that id and secret. Which of the two is wrong is not told, nor to be timed.</summary>
    public async Task<TokenClient?> FindAsync(string id, string secret, CancellationToken cancellationToken)
    {
        if (configured.Find(id) is { } known)
            return AreEqual(secret, known.Secret) ? new TokenClient(id, known.Scopes, known.Partner) : null;

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var client = await db.ApiClients.AsNoTracking().Include(c => c.Secrets).SingleOrDefaultAsync(c => c.ClientId == id, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var hint = ClientSecret.HintOf(secret);
        var hashes = client?.Secrets.Where(s => s.IsValid(now) && s.Hint == hint).Select(s => s.Hash).ToArray() ?? [];
        if (hashes.Length == 0)
        {
            ClientSecret.Matches(secret, ClientSecret.NoHash);
            return null;
        }

        return hashes.Any(h => ClientSecret.Matches(secret, h)) ? new TokenClient(id, client!.Scopes, client.Partner) : null;
    }

    // Of their hashes, so that not even the length is to be timed.
    private static bool AreEqual(string one, string other) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
