using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>
/// A statement that runs so often that it is prepared once a connection. Parameters are <c>@p0</c>, <c>@p1</c>, … in the order of the
/// values. Standard SQL only: it is sent to each provider as it stands.
/// </summary>
public sealed class PreparedSql(string sql)
{
    private readonly ConditionalWeakTable<DbConnection, DbCommand> _commands = [];

    /// <summary>The command for the context's connection and transaction, with these values. The context's connection must be open.</summary>
    public DbCommand Bind(DbContext db, params ReadOnlySpan<object?> values)
    {
        var connection = db.Database.GetDbConnection();
        if (!_commands.TryGetValue(connection, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@p{i}";
                command.Parameters.Add(parameter);
            }

            _commands.Add(connection, command);
        }

        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;

        return command;
    }
}
