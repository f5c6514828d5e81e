using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>What a database is asked for beyond rows, the same for each engine.</summary>
public static class Transactions
{
    /// <summary>Begins a transaction whose reads see one state of the database; it holds back no writer, and is held back by none.</summary>
    public static Task<IDbContextTransaction> BeginReadAsync(this DatabaseFacade database, CancellationToken cancellationToken) =>
        Engine.Of(database).BeginReadAsync(database, cancellationToken);

    /// <summary>Begins a transaction that no other writer, in whatever process, writes beside. What it reads is the newest there is.</summary>
    /// <exception cref="System.Data.Common.DbException">Another writer kept the place for too long.</exception>
    public static Task<IDbContextTransaction> BeginWriteAsync(this DatabaseFacade database, CancellationToken cancellationToken) =>
        Engine.Of(database).BeginWriteAsync(database, cancellationToken);

    /// <summary>
    /// Overwrites what was deleted from the context's database, so that no free page keeps it. Its connection must be in no transaction.
    /// </summary>
    /// <exception cref="ApiException">UNAVAILABLE: a reader kept SQLite's write-ahead log busy for ten seconds.</exception>
    public static Task CompactAsync(this DbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        Engine.Of(db.Database).CompactAsync(db, time, cancellationToken);

    /// <inheritdoc cref="CompactAsync(DbContext, TimeProvider, CancellationToken)"/>
    public static async Task CompactAsync<TContext>(this IDbContextFactory<TContext> contexts, TimeProvider time, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.CompactAsync(time, cancellationToken);
    }
}
