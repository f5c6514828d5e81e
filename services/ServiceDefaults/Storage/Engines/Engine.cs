using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace PlanServices.ServiceDefaults.Storage.Engines;

/// <summary>What differs between the kinds of database that a service can be kept in. All else is one code for both.</summary>
internal abstract class Engine
{
    public static readonly Engine Sqlite = new SqliteEngine();
    public static readonly Engine SqlServer = new SqlServerEngine();

    // What a connection string for a server says and one for a file does not.
    private static readonly string[] ServerKeys = ["Server", "Address", "Addr", "Network Address", "Initial Catalog", "Database"];

    /// <summary>Puts a point into the transaction that <see cref="RollBack"/> goes back to.</summary>
    public abstract PreparedSql Save { get; }

    public abstract PreparedSql RollBack { get; }

    /// <summary>Forgets the point; null where that needs no statement.</summary>
    public abstract PreparedSql? Release { get; }

    /// <summary>How many rows a connection wrote so far: where it wrote none, there is nothing to undo. Null where the engine does not tell.</summary>
    public abstract long? RowsWritten(DbConnection connection);

    /// <exception cref="InvalidOperationException">The connection's transaction ended, as far as the engine tells before it is asked to commit.</exception>
    public abstract void RequireTransaction(DbConnection connection);

    /// <summary>The engine that a connection string is for: SQL Server where it names a server or a database of one, otherwise SQLite.</summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public static Engine For(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return ServerKeys.Any(parts.ContainsKey) ? SqlServer : Sqlite;
    }

    /// <summary>The engine of an open context.</summary>
    public static Engine Of(DatabaseFacade database) => Of(database.GetDbConnection());

    /// <inheritdoc cref="Of(DatabaseFacade)"/>
    public static Engine Of(DbConnection connection) => connection is SqliteConnection ? Sqlite : SqlServer;

    /// <summary>Gives a context its database.</summary>
    public abstract void Use(DbContextOptionsBuilder options, string connectionString);

    /// <summary>A context that brings the database to the newest schema.</summary>
    /// <typeparam name="TContext">The context, whose own migrations are those for SQLite.</typeparam>
    /// <typeparam name="TSqlServer">The type to which the migrations for SQL Server belong.</typeparam>
    public abstract TContext Migrator<TContext, TSqlServer>(string connectionString)
        where TContext : DbContext
        where TSqlServer : TContext;

    /// <summary>Before the first look at a database. What it returns is kept until after the last.</summary>
    public abstract IAsyncDisposable? Hold(string connectionString);

    /// <summary>Settings that a database keeps, once it has the newest schema.</summary>
    public abstract Task ConfigureAsync(DatabaseFacade database, CancellationToken cancellationToken);

    /// <summary>Begins a transaction that no other writer, in whatever process, writes beside.</summary>
    public abstract Task<IDbContextTransaction> BeginWriteAsync(DatabaseFacade database, CancellationToken cancellationToken);

    /// <summary>Begins a transaction whose reads see one state; it holds back no writer, and is held back by none.</summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(DatabaseFacade database, CancellationToken cancellationToken);

    /// <summary>Has the open connection's reads outside a transaction see what is committed, without waiting for a writer.</summary>
    public abstract Task SeeSnapshotsAsync(DatabaseFacade database, CancellationToken cancellationToken);

    /// <summary>Sets a parameter that is used again and again.</summary>
    public abstract void Set(DbParameter parameter, object? value);

    /// <summary>The INSERT for <see cref="InsertAsync"/>.</summary>
    public abstract string Inserting(string insert);

    /// <summary>Inserts a row; the key that the database made for it.</summary>
    public abstract ValueTask<int> InsertAsync(DbCommand insert, CancellationToken cancellationToken);

    /// <summary>Overwrites what was deleted, as far as the engine can.</summary>
    public abstract Task CompactAsync(DbContext db, TimeProvider time, CancellationToken cancellationToken);
}
