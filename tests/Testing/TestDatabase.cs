using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace PlanServices.Testing;

/// <summary>A kind of database that a service can be kept in.</summary>
public enum DatabaseKind
{
    Sqlite,
    SqlServer,
}

/// <summary>A database of its own for a test; it goes away with it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>The environment variable with a connection string to a SQL Server.</summary>
    public const string Variable = "PLANSERVICES_SQLSERVER";

    private readonly TemporaryFolder _folder = new();

    private TestDatabase(DatabaseKind kind)
    {
        Kind = kind;
        ConnectionString = kind == DatabaseKind.Sqlite
            ? $"Data Source={System.IO.Path.Combine(_folder.Path, "test.db")}"
            : new SqlConnectionStringBuilder(Server) { InitialCatalog = $"planservices_{Guid.CreateVersion7():N}" }.ToString();
    }

    public static string? Server { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public DatabaseKind Kind { get; }

    /// <summary>Of a database that is not made yet.</summary>
    public string ConnectionString { get; }

    public static TestDatabase New(DatabaseKind kind) => new(kind);

    public async ValueTask DisposeAsync()
    {
        if (Kind == DatabaseKind.SqlServer)
        {
            SqlConnection.ClearAllPools();
            await using var db = new DbContext(new DbContextOptionsBuilder().UseSqlServer(ConnectionString).Options);
            await db.Database.EnsureDeletedAsync(CancellationToken.None);
        }

        _folder.Dispose();
    }
}
