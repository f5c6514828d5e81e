using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlanServices.ServiceDefaults.Storage.Engines;

/// <summary>Has every read outside a transaction see what is committed, without waiting for a writer: in the same trip to the server.</summary>
internal sealed class SnapshotReads : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Prepare(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Prepare(command, eventData);
        return ValueTask.FromResult(result);
    }

    private static void Prepare(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is null && eventData.CommandSource is CommandSource.LinqQuery)
            command.CommandText = SqlServerStatements.ReadSnapshot + command.CommandText;
    }
}
