using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlanServices.Testing.SqlServer;

/// <summary>A statement as it would be sent, and the parameters that it declares.</summary>
internal sealed record Statement(string Sql, string Parameters, string Origin);

/// <summary>Keeps the commands that a context would send, and sends none: there is no server.</summary>
internal sealed class CapturedCommands : DbCommandInterceptor, IDbConnectionInterceptor
{
    /// <summary>What follows a captured command is given up by this.</summary>
    public sealed class CapturedException : Exception;

    public List<Statement> Statements { get; } = [];

    /// <summary>What the next commands come from.</summary>
    public string Origin { get; set; } = "";

    public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        InterceptionResult.Suppress();

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => throw Capture(command);

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        throw Capture(command);

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result) =>
        throw Capture(command);

    private CapturedException Capture(DbCommand command)
    {
        var parameters = command.Parameters.Cast<SqlParameter>().Select(p => $"{Name(p)} {TypeOf(p)}");
        Statements.Add(new Statement(command.CommandText, string.Join(", ", parameters), Origin));
        return new CapturedException();
    }

    private static string Name(SqlParameter parameter) => parameter.ParameterName.StartsWith('@') ? parameter.ParameterName : $"@{parameter.ParameterName}";

    private static string TypeOf(SqlParameter parameter) => parameter.SqlDbType switch
    {
        SqlDbType.NVarChar or SqlDbType.VarChar or SqlDbType.VarBinary => $"{Lower(parameter.SqlDbType)}(max)",
        var type => Lower(type),
    };

#pragma warning disable CA1308 // Types are written in lower case.
    private static string Lower(SqlDbType type) => type.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
