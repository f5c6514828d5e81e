using Microsoft.EntityFrameworkCore;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Writes a database anew, so that no free page and no write-ahead log keeps what was deleted.</summary>
public static class Compaction
{
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Compacts the context's database. Its connection must be in no transaction.</summary>
    /// <exception cref="TimeoutException">A reader kept the write-ahead log busy for ten seconds.</exception>
    public static async Task CompactAsync(this DbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("VACUUM;", cancellationToken);
        await using var checkpoint = db.Database.GetDbConnection().CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // The first column says whether a reader was in the way.
            if (await checkpoint.ExecuteScalarAsync(cancellationToken) is 0L)
                return;

            await Task.Delay(Pause, time, cancellationToken);
        }

        throw new TimeoutException("Readers kept the write-ahead log busy; what was removed is still in it until they are done.");
    }
}
