using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Storage.Engines;

/// <summary>One file, written by one process at a time, which others wait for.</summary>
internal sealed class SqliteEngine : Engine
{
    private const int CompactionAttempts = 100;
    private static readonly TimeSpan CompactionPause = TimeSpan.FromMilliseconds(100);
    private static readonly SqliteSettings Settings = new();

    public override PreparedSql Save { get; } = new("SAVEPOINT write");

    public override PreparedSql RollBack { get; } = new("ROLLBACK TO write");

    public override PreparedSql? Release { get; } = new("RELEASE write");

    public override long? RowsWritten(DbConnection connection) => SQLitePCL.raw.sqlite3_total_changes(((SqliteConnection)connection).Handle);

    public override void RequireTransaction(DbConnection connection)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(((SqliteConnection)connection).Handle) != 0)
            throw new InvalidOperationException("The transaction ended before it was committed.");
    }

    public override void Use(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString).AddInterceptors(Settings)
            .ConfigureWarnings(w => w.Ignore(
                // Foreign keys are switched off and on around the rebuilding of a table, which is one transaction itself.
                RelationalEventId.NonTransactionalMigrationOperationWarning,
                // To know, the migrator would compare the whole model at each start; the tests do.
                RelationalEventId.PendingModelChangesWarning));

    public override TContext Migrator<TContext, TSqlServer>(string connectionString)
    {
        var options = new DbContextOptionsBuilder<TContext>();
        Use(options, connectionString);
        return (TContext)Activator.CreateInstance(typeof(TContext), options.Options)!;
    }

    public override IAsyncDisposable? Hold(string connectionString)
    {
        var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
        if (file.Length == 0 || Path.GetDirectoryName(Path.GetFullPath(file)) is not { } directory)
            return null;

        Directory.CreateDirectory(directory);
        return DatabaseLock.Share(Path.GetFullPath(file));
    }

    public override Task ConfigureAsync(DatabaseFacade database, CancellationToken cancellationToken) =>
        database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);

    // BEGIN IMMEDIATE: the writer's place is taken before anything is read.
    public override Task<IDbContextTransaction> BeginWriteAsync(DatabaseFacade database, CancellationToken cancellationToken) =>
        database.BeginTransactionAsync(cancellationToken);

    public override async Task<IDbContextTransaction> BeginReadAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        await database.OpenConnectionAsync(cancellationToken);
        // Deferred, or SQLite would take the writer's place.
        var connection = (SqliteConnection)database.GetDbConnection();
        return (await database.UseTransactionAsync(connection.BeginTransaction(deferred: true), CancellationToken.None))!;
    }

    public override Task SeeSnapshotsAsync(DatabaseFacade database, CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Set(DbParameter parameter, object? value) => parameter.Value = value ?? DBNull.Value;

    public override string Inserting(string insert) => insert;

    // Asked of the connection itself: as a result of the INSERT it would cost as much as the INSERT.
    public override async ValueTask<int> InsertAsync(DbCommand insert, CancellationToken cancellationToken)
    {
        await insert.ExecuteNonQueryAsync(cancellationToken);
        return checked((int)SQLitePCL.raw.sqlite3_last_insert_rowid(((SqliteConnection)insert.Connection!).Handle));
    }

    // Written anew, so that no free page and no write-ahead log keeps what was deleted.
    public override async Task CompactAsync(DbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("VACUUM;", cancellationToken);
        await using var checkpoint = db.Database.GetDbConnection().CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE);";
        for (var attempt = 0; attempt < CompactionAttempts; attempt++)
        {
            // The first column says whether a reader was in the way.
            if (await checkpoint.ExecuteScalarAsync(cancellationToken) is 0L)
                return;

            await Task.Delay(CompactionPause, time, cancellationToken);
        }

        throw ApiErrors.Unavailable("It is removed, but a long reading of the data keeps the file that still has it; send the request again when that is over.");
    }
}
