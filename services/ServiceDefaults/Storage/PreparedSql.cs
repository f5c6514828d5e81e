using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>
/// A statement that runs so often that it is prepared once a connection. Parameters are <c>@p0</c>, <c>@p1</c>, … in the order of the
/// values. Standard SQL only: it is sent to each provider as it stands.
/// </summary>
public sealed class PreparedSql(string sql)
{
    private readonly ConditionalWeakTable<DbConnection, Prepared> _commands = [];

    /// <summary>The statement.</summary>
    public string Text => sql;

    /// <summary>Raised when a statement is prepared for a context.</summary>
    internal static event Action<DbContext, PreparedSql>? Preparing;

    /// <summary>The command for the context's connection and transaction, with these values. The context's connection must be open.</summary>
    public DbCommand Bind(DbContext db, params ReadOnlySpan<object?> values)
    {
        var connection = db.Database.GetDbConnection();
        var opening = Opening.Of(connection);
        if (!_commands.TryGetValue(connection, out var prepared) || prepared.Opening != opening)
        {
            Preparing?.Invoke(db, this);
            var made = connection.CreateCommand();
            made.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = made.CreateParameter();
                parameter.ParameterName = $"@p{i}";
                made.Parameters.Add(parameter);
            }

            _commands.AddOrUpdate(connection, prepared = new Prepared(made, Engine.Of(connection), opening));
        }

        var command = prepared.Command;

        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        for (var i = 0; i < values.Length; i++)
            prepared.Engine.Set(command.Parameters[i], values[i]);

        return command;
    }

    private sealed record Prepared(DbCommand Command, Engine Engine, object? Opening);
}

/// <summary>
/// Tells one opening of a connection from the next. A statement belongs to the opening in which it was prepared: in a later one it would
/// run on a database handle that nobody commits.
/// </summary>
internal static class Opening
{
    public static object? Of(DbConnection connection) => (connection as SqliteConnection)?.Handle;
}
