using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.ServiceDefaults.Auditing;

/// <summary>The audit log of one service, in its database.</summary>
/// <param name="Service">The service's name, as in its package: <c>actions</c>.</param>
public abstract record AuditLog(string Service)
{
    internal abstract Task AppendAsync(AuditRow row);

    internal abstract Task<DbContext> OpenAsync(CancellationToken cancellationToken);
}

internal sealed record AuditLog<TContext>(string Service, IDbContextFactory<TContext> Contexts, SingleWriter<TContext> Writer) : AuditLog(Service)
    where TContext : DbContext
{
    // Whoever gave up does not take the entry of the call away.
    internal override Task AppendAsync(AuditRow row) => Writer.WriteAsync(
        async (db, token) =>
        {
            await db.Rows<AuditRow>().InsertAsync(db, row, token);
            return new Written<bool>(true);
        },
        CancellationToken.None);

    internal override async Task<DbContext> OpenAsync(CancellationToken cancellationToken) => await Contexts.CreateDbContextAsync(cancellationToken);
}

/// <summary>Writes what the transactions of the writes do not: calls that were denied, and writes that failed or changed nothing.</summary>
public sealed partial class AuditTrail(IEnumerable<AuditLog> logs, TimeProvider time, ILogger<AuditTrail> logger)
{
    private readonly Dictionary<string, AuditLog> _logs = logs.ToDictionary(l => $"planservices.{l.Service}");

    /// <summary>A call was denied.</summary>
    /// <param name="context">The call.</param>
    /// <param name="method">Its method, <c>package.Service/Method</c>.</param>
    /// <param name="resource">What it named; empty where it was denied before it was read.</param>
    /// <param name="outcome">The status and the reason.</param>
    public Task DeniedAsync(HttpContext context, string method, string resource, string outcome) =>
        AppendAsync(Begin(context, method, resource), outcome);

    internal AuditedCall Begin(HttpContext context, string method, string resource) => new(
        time.GetUtcNow().UtcDateTime,
        Caller.NameOf(context.User),
        context.Connection.RemoteIpAddress?.ToString() ?? "",
        method.TrimStart('/'),
        resource);

    internal async Task AppendAsync(AuditedCall call, string outcome)
    {
        // Services without a database, such as health and reflection, have nothing that anybody could do.
        if (!_logs.TryGetValue(ServiceOf(call.Method), out var log))
            return;

        // The entry is a write as well: not one of the call, which would have an entry that it was carried out.
        AuditedCall.Current = null;
        try
        {
            await log.AppendAsync(call.Row(outcome));
        }
        catch (ApiException e)
        {
            // The call itself was denied or failed already, and its caller is told why.
            Log.NotWritten(logger, e, call.Method, outcome);
        }
    }

    internal static string OutcomeOf(ApiException failure) => $"{NameOf(failure.Status)} {failure.Reason}";

    internal static string NameOf(StatusCode status) =>
        string.Concat(status.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    // "planservices.actions.v1.PlanService/GetPlan" → "planservices.actions".
    private static string ServiceOf(string method) => string.Join('.', method.Split('.', 3).Take(2));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} ({Outcome}) is missing in the audit log")]
        public static partial void NotWritten(ILogger logger, Exception exception, string method, string outcome);
    }
}
