using System.Diagnostics;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using PlanServices.Actions.V1;

namespace PlanServices.Bench;

/// <summary>The reference of <see cref="SaveBench"/>: the same rows in the same tables and indexes, by prepared statements alone.</summary>
internal static class RawSaves
{
    public static string Narrative(int caller, long stamp) =>
        $"Caller {caller} saved this at {stamp}. The desk is staffed in the evening as well, callers wait a minute at most, and a "
        + "second leaflet was printed for those who prefer paper. The next step is to train the volunteers who asked for it, which takes "
        + "two days in the autumn; the room is booked and the trainer has agreed.";

    /// <summary>Which leaf a save is of, for both sides: rows that follow each other in time do not lie beside each other in the tables.</summary>
    public static int Leaf(int save, int leaves) => (int)(save * 73L % leaves);

    /// <summary>Writes into a copy of the database for a time; how many calls' rows a second.</summary>
    public static double Run(string database, string copy, int callsInOneTransaction, TimeSpan time)
    {
        Copy(database, copy);
        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000; PRAGMA cache_size=-32768;");
        var template = Template(connection);
        var updates = Scalars(connection, "SELECT u.Id FROM progress_updates u JOIN periods p ON p.Id = u.PeriodId WHERE p.Slug = '2018-10'");
        var revision = Scalars(connection, "SELECT HeadRevision FROM plans")[0];

        using var update = connection.CreateCommand();
        update.CommandText = """
            UPDATE progress_updates SET Narrative = @narrative, Status = 3, StatusReason = '',
            Direction = 0, Opportunities = '', EvidenceLinks = '[]', CrossReferences = '[]', State = 1, Source = NULL, Withheld = '[]',
            CarriedOverFrom = '', ReturnReason = '', SubmitTime = NULL, CreateTime = @time, UpdateTime = @time, Revision = @revision WHERE Id = @id
            """;
        using var log = connection.CreateCommand();
        log.CommandText = "INSERT INTO changes (PlanId, Revision, Ordinal, Resource, Change) VALUES (1, @revision, 0, @resource, @change)";
        using var head = connection.CreateCommand();
        head.CommandText = "UPDATE plans SET HeadRevision = @revision WHERE Id = 1 AND HeadRevision = @revision - 1";
        Parameters(update, "@narrative", "@time", "@revision", "@id");
        Parameters(log, "@revision", "@resource", "@change");
        Parameters(head, "@revision");

        var calls = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            using var transaction = connection.BeginTransaction();
            (update.Transaction, log.Transaction, head.Transaction) = (transaction, transaction, transaction);
            for (var i = 0; i < callsInOneTransaction; i++, calls++)
            {
                revision++;
                var leaf = Leaf(calls, updates.Count);
                template.ProgressUpdate.Narrative = Narrative(i, clock.ElapsedTicks);
                template.Revision = revision;
                Set(update, template.ProgressUpdate.Narrative, "2018-10-22 09:00:00.0000000", revision, updates[leaf]);
                Set(log, revision, $"actions/C{leaf + 1}/updates/2018-10", template.ToByteArray());
                Set(head, revision);
                update.ExecuteNonQuery();
                log.ExecuteNonQuery();
                head.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return calls / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Copies a database, so that each round begins with the same.</summary>
    public static void Copy(string database, string copy)
    {
        using var source = new SqliteConnection($"Data Source={database};Pooling=False");
        source.Open();
        Execute(source, $"VACUUM INTO '{copy}'");
    }

    // A log entry as large as a save makes one.
    private static Change Template(SqliteConnection connection)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT Change FROM changes WHERE Resource = 'actions/C1/updates/2018-10' ORDER BY Revision DESC LIMIT 1";
        return Change.Parser.ParseFrom((byte[])select.ExecuteScalar()!);
    }

    private static List<long> Scalars(SqliteConnection connection, string sql)
    {
        using var select = connection.CreateCommand();
        select.CommandText = sql;
        using var reader = select.ExecuteReader();
        List<long> values = [];
        while (reader.Read())
            values.Add(reader.GetInt64(0));

        return values;
    }

    private static void Parameters(SqliteCommand command, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter(name, null));
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
