using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Several reads that see one state of the database.</summary>
public static class ReadTransaction
{
    /// <summary>Begins a transaction for reading; it holds back no writer, and is held back by none.</summary>
    public static async Task<IDbContextTransaction> BeginReadAsync(this DatabaseFacade database, CancellationToken cancellationToken)
    {
        if (database.GetDbConnection() is not SqliteConnection connection)
            return await database.BeginTransactionAsync(IsolationLevel.Snapshot, cancellationToken);

        await database.OpenConnectionAsync(cancellationToken);
        // Deferred, or SQLite would take the writer's place.
        var transaction = await database.UseTransactionAsync(connection.BeginTransaction(deferred: true), CancellationToken.None);
        return transaction!;
    }
}
