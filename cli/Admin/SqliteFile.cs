using Microsoft.Data.Sqlite;

namespace PlanServices.Cli.Admin;

/// <summary>What backup and restore do with one database file.</summary>
internal static class SqliteFile
{
    /// <exception cref="CommandException">It is no database, or a damaged one.</exception>
    public static async Task CheckAsync(string path, CancellationToken cancellationToken)
    {
        await using var database = await OpenAsync(path, SqliteOpenMode.ReadOnly, cancellationToken);
        try
        {
            if (await ScalarAsync(database, "PRAGMA integrity_check(1);", cancellationToken) is not "ok")
                throw new CommandException($"{path} is damaged.");
        }
        catch (SqliteException e)
        {
            throw new CommandException($"{path} is damaged, or no database: {e.Message}");
        }
    }

    /// <summary>Its newest migration; empty where there is none.</summary>
    public static async Task<string> SchemaAsync(string path, CancellationToken cancellationToken)
    {
        await using var database = await OpenAsync(path, SqliteOpenMode.ReadOnly, cancellationToken);
        return await HasTableAsync(database, "__EFMigrationsHistory", cancellationToken)
            ? (string?)await ScalarAsync(database, """SELECT MAX("MigrationId") FROM "__EFMigrationsHistory";""", cancellationToken) ?? ""
            : "";
    }

    /// <summary>
    /// Copies a database that may be in use, as it is at one moment: what is committed later is not in it, and nobody waits. The
    /// copy has no free pages, so nothing that was deleted.
    /// </summary>
    public static async Task CopyAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using (var database = await OpenAsync(from, SqliteOpenMode.ReadWrite, cancellationToken))
        {
            await using var command = database.CreateCommand();
            command.CommandText = "VACUUM INTO $to;";
            command.Parameters.AddWithValue("$to", to);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var copy = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        copy.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Gives the change log another identity: a log that was put back to an earlier day will give its revisions to other changes,
    /// so whoever read it must begin anew.
    /// </summary>
    public static async Task ChangeLogIdentityAsync(string path, CancellationToken cancellationToken)
    {
        await using var database = await OpenAsync(path, SqliteOpenMode.ReadWrite, cancellationToken);
        if (await HasTableAsync(database, "change_log_identity", cancellationToken))
            await ScalarAsync(database, "UPDATE change_log_identity SET Id = lower(hex(randomblob(16)));", cancellationToken);
    }

    /// <summary>Brings all into the one file, without a write-ahead log beside it.</summary>
    /// <exception cref="SqliteException">Busy: somebody has it open.</exception>
    public static async Task CloseLogAsync(string path, CancellationToken cancellationToken)
    {
        await using var database = await OpenAsync(path, SqliteOpenMode.ReadWrite, cancellationToken);
        await ScalarAsync(database, "PRAGMA journal_mode=DELETE;", cancellationToken);
    }

    private static async Task<SqliteConnection> OpenAsync(string path, SqliteOpenMode mode, CancellationToken cancellationToken)
    {
        var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        await database.OpenAsync(cancellationToken);
        return database;
    }

    private static async Task<bool> HasTableAsync(SqliteConnection database, string name, CancellationToken cancellationToken) =>
        await ScalarAsync(database, $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{name}';", cancellationToken) is 1L;

    private static async Task<object?> ScalarAsync(SqliteConnection database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 5;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
