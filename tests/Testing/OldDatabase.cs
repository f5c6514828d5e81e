using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace PlanServices.Testing;

/// <summary>An SQLite database of an earlier version with data in it, and what it held before it was upgraded.</summary>
public sealed class OldDatabase
{
    private readonly string _connectionString;
    private readonly Dictionary<string, List<string>> _columns = [];
    private readonly Dictionary<string, List<string>> _rows = [];

    private OldDatabase(string file) => _connectionString = $"Data Source={file};Pooling=False";

    /// <summary>Makes a database.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="version">How many migrations it has.</param>
    /// <param name="rows">The statements that fill it: as that version wrote it.</param>
    public static async Task<OldDatabase> MakeAsync<TContext>(string file, int version, string rows)
        where TContext : DbContext
    {
        var old = new OldDatabase(file);
        var options = new DbContextOptionsBuilder<TContext>().UseSqlite(old._connectionString).Options;
        await using (var db = (TContext)Activator.CreateInstance(typeof(TContext), options)!)
            await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().ElementAt(version - 1), Deadline.Token);

        await using var connection = await old.OpenAsync();
        await using var fill = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own text.
        fill.CommandText = rows;
#pragma warning restore CA2100
        await fill.ExecuteNonQueryAsync(Deadline.Token);
        foreach (var table in await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'"))
        {
            old._columns[table] = await ReadAsync(connection, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid");
            old._rows[table] = await old.RowsAsync(connection, table);
            Assert.True(old._rows[table].Count > 0, $"{table} has no row to be kept.");
        }

        return old;
    }

    /// <summary>Bytes of a message, for a statement.</summary>
    public static string Blob(IMessage message) => $"X'{Convert.ToHexString(message.ToByteArray())}'";

    /// <summary>Fails where a row is not as it was. New columns and new rows may be there.</summary>
    /// <param name="gone">Tables whose rows a migration takes out on purpose.</param>
    public async Task AssertKeptAsync(params string[] gone)
    {
        await using var connection = await OpenAsync();
        foreach (var (table, rows) in _rows.Where(r => !gone.Contains(r.Key)))
        {
            var now = await RowsAsync(connection, table);
            Assert.All(rows, row => Assert.Contains(row, now));
        }
    }

    private Task<List<string>> RowsAsync(SqliteConnection connection, string table) =>
        ReadAsync(connection, $"SELECT {string.Join(" || ', ' || ", _columns[table].Select(c => $"'{c}=' || quote(\"{c}\")"))} FROM \"{table}\"");

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(Deadline.Token);
        return connection;
    }

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql)
    {
        await using var select = connection.CreateCommand();
#pragma warning disable CA2100 // A test's own text.
        select.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await select.ExecuteReaderAsync(Deadline.Token);
        List<string> rows = [];
        while (await reader.ReadAsync(Deadline.Token))
            rows.Add(reader.GetString(0));

        return rows;
    }
}
