using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace PlanServices.ServiceDefaults.Storage.Engines;

/// <summary>SQL Server 2022 or Azure SQL: a database for any number of processes.</summary>
internal sealed class SqlServerEngine : Engine
{
    /// <summary>Cannot create the database: somebody else did at the same time.</summary>
    private const int DatabaseExists = 1801;

    // The longest string and the most bytes of a parameter that is not of the unlimited kind.
    private const int LongestText = 4000;
    private const int MostBytes = 8000;

    private static readonly SnapshotReads Reads = new();

    /// <summary>Every statement of this engine that no model of EF stands behind.</summary>
    public static IEnumerable<string> Statements =>
        [
            SqlServerStatements.Save,
            SqlServerStatements.RollBack,
            SqlServerStatements.TakeTurn,
            SqlServerStatements.AllowSnapshots,
            SqlServerStatements.CleanFreeSpace,
            SqlServerStatements.ReadSnapshot,
        ];

    public override PreparedSql Save { get; } = new(SqlServerStatements.Save);

    public override PreparedSql RollBack { get; } = new(SqlServerStatements.RollBack);

    // A later point of the same name takes the place of an earlier one.
    public override PreparedSql? Release => null;

    public override long? RowsWritten(DbConnection connection) => null;

    // Each write has a savepoint here, which an ended transaction refuses.
    public override void RequireTransaction(DbConnection connection)
    {
    }

    public override void Use(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlServer(Check(connectionString)).AddInterceptors(Reads);

    // A server that is starting, or a database that another replica is making, is waited for.
    public override TContext Migrator<TContext, TSqlServer>(string connectionString)
    {
        var options = new DbContextOptionsBuilder<TSqlServer>()
            .UseSqlServer(Check(connectionString), o => o.EnableRetryOnFailure(10, TimeSpan.FromSeconds(10), [DatabaseExists]));
        return (TContext)Activator.CreateInstance(typeof(TSqlServer), options.Options)!;
    }

    public override IAsyncDisposable? Hold(string connectionString) => null;

    public override Task ConfigureAsync(DatabaseFacade database, CancellationToken cancellationToken) =>
        database.ExecuteSqlRawAsync(SqlServerStatements.AllowSnapshots, cancellationToken);

    public override async Task<IDbContextTransaction> BeginWriteAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        // The level is named, since the connection may have read snapshots before.
        var transaction = await database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            await database.ExecuteSqlRawAsync(SqlServerStatements.TakeTurn, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public override Task<IDbContextTransaction> BeginReadAsync(DatabaseFacade database, CancellationToken cancellationToken) =>
        database.BeginTransactionAsync(IsolationLevel.Snapshot, cancellationToken);

    public override Task SeeSnapshotsAsync(DatabaseFacade database, CancellationToken cancellationToken) =>
        database.ExecuteSqlRawAsync(SqlServerStatements.ReadSnapshot, cancellationToken);

    // A parameter keeps the size and type of its first value, and would cut a longer one off without a word.
    public override void Set(DbParameter parameter, object? value)
    {
        parameter.Value = value ?? DBNull.Value;
        switch (value)
        {
            case string text:
                parameter.Size = text.Length <= LongestText ? LongestText : -1;
                break;
            case byte[] bytes:
                parameter.Size = bytes.Length <= MostBytes ? MostBytes : -1;
                break;
            case DateTime:
                parameter.DbType = DbType.DateTime2;
                break;
        }
    }

    public override string Inserting(string insert) => $"{insert}; {SqlServerStatements.LastKey}";

    public override async ValueTask<int> InsertAsync(DbCommand insert, CancellationToken cancellationToken) =>
        Convert.ToInt32(await insert.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);

    public override async Task CompactAsync(DbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await db.Database.ExecuteSqlRawAsync(SqlServerStatements.CleanFreeSpace, cancellationToken);
    }

    private static string Check(string connectionString)
    {
        if (AppContext.TryGetSwitch("System.Globalization.Invariant", out var invariant) && invariant)
            throw new InvalidOperationException("This program keeps its data in SQLite files only; for SQL Server run each service as a process of its own.");

        return new SqlConnectionStringBuilder(connectionString).InitialCatalog.Length > 0
            ? connectionString
            : throw new InvalidOperationException("The connection string names a server and no database of it: Database=… is missing.");
    }
}
