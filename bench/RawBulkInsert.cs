using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace PlanServices.Bench;

/// <summary>The reference of <see cref="ImportBench"/>: the rows that an import made, inserted by prepared statements in one transaction.</summary>
internal static class RawBulkInsert
{
    private static readonly string[] Tables = ["plans", "themes", "periods", "plan_actions", "progress_updates", "changes", "audit"];

    /// <summary>Inserts what <paramref name="database"/> has into an empty database of the same schema: the time, and the number of rows.</summary>
    public static (TimeSpan Took, int Rows) Run(string database, string copy)
    {
        using var source = Open(database);
        using var target = Open(copy);
        Execute(target, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000; PRAGMA cache_size=-32768;");
        foreach (var sql in Read(source, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC"))
            Execute(target, (string)sql[0]);

        var rows = Tables.ToDictionary(t => t, t => Read(source, $"SELECT * FROM {t}"));
        var clock = Stopwatch.StartNew();
        using (var transaction = target.BeginTransaction())
        {
            foreach (var table in Tables.Where(t => rows[t].Count > 0))
                Insert(target, transaction, table, rows[table]);
            transaction.Commit();
        }

        return (clock.Elapsed, rows.Values.Sum(r => r.Count));
    }

    private static void Insert(SqliteConnection target, SqliteTransaction transaction, string table, List<object[]> rows)
    {
        using var insert = target.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", rows[0].Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < rows[0].Length; i++)
            insert.Parameters.Add(new SqliteParameter($"@p{i}", null));
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                insert.Parameters[i].Value = row[i];
            insert.ExecuteNonQuery();
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<object[]> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}
