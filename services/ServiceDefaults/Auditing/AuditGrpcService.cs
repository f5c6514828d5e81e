using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlanServices.Audit.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.ServiceDefaults.Text;
using HttpBody = Google.Api.HttpBody;

namespace PlanServices.ServiceDefaults.Auditing;

/// <summary>The audit logs of this process's services.</summary>
internal sealed class AuditGrpcService(IEnumerable<AuditLog> logs) : AuditService.AuditServiceBase
{
    private const int MostExported = 1_000_000;
    private const int RowsInMessage = 1_000;
    private const string Header = "service,id,time,caller,remote_address,method,resource,outcome\r\n";

    [Authorize(Policy = Policies.ClientsManage)]
    public override async Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context)
    {
        var log = Find(request.Service);
        var page = Page.Of(
            request.PageSize, request.PageToken, nameof(ListAuditEntries), request.Service, request.Caller, request.DeniedOnly ? "denied" : "");
        await using var db = await log.OpenAsync(context.CancellationToken);
        var rows = db.Set<AuditRow>().AsNoTracking();
        if (page.After.Length > 0)
        {
            var before = int.Parse(page.After, CultureInfo.InvariantCulture);
            rows = rows.Where(r => r.Id < before);
        }

        if (request.Caller.Length > 0)
            rows = rows.Where(r => r.Caller == request.Caller);
        if (request.DeniedOnly)
            rows = rows.Where(r => r.Outcome.StartsWith("PERMISSION_DENIED") || r.Outcome.StartsWith("UNAUTHENTICATED"));
        var read = await rows.OrderByDescending(r => r.Id).Take(page.Size + 1).ToListAsync(context.CancellationToken);
        var (entries, next) = page.Cut(read, r => $"{r.Id}");
        return new ListAuditEntriesResponse { AuditEntries = { entries.Select(r => ToMessage(log.Service, r)) }, NextPageToken = next };
    }

    [Authorize(Policy = Policies.ClientsManage)]
    [Produces("text/csv")]
    public override async Task ExportAuditEntries(
        ExportAuditEntriesRequest request, IServerStreamWriter<HttpBody> responseStream, ServerCallContext context)
    {
        var log = Find(request.Service);
        var from = request.StartTime?.ToDateTime() ?? DateTime.MinValue.ToUniversalTime();
        var to = request.EndTime?.ToDateTime() ?? DateTime.MaxValue.ToUniversalTime();
        await using var db = await log.OpenAsync(context.CancellationToken);
        var rows = db.Set<AuditRow>().AsNoTracking()
            .Where(r => r.Time >= from && r.Time < to)
            .OrderBy(r => r.Id)
            .Take(MostExported)
            .AsAsyncEnumerable();
        var csv = new StringBuilder(Header);
        var count = 0;
        await foreach (var row in rows.WithCancellation(context.CancellationToken))
        {
            Append(csv, log.Service, row);
            if (++count % RowsInMessage == 0)
                await SendAsync();
        }

        await SendAsync();

        async Task SendAsync()
        {
            await responseStream.WriteAsync(new HttpBody { ContentType = "text/csv; charset=utf-8", Data = ByteString.CopyFromUtf8(csv.ToString()) });
            csv.Clear();
        }
    }

    private static void Append(StringBuilder csv, string service, AuditRow row)
    {
        string[] cells =
        [
            service, $"{row.Id}", row.Time.ToString("O", CultureInfo.InvariantCulture), row.Caller, row.RemoteAddress, row.Method, row.Resource, row.Outcome,
        ];
        csv.AppendJoin(',', cells.Select(c => $"\"{SpreadsheetCell.Neutralise(c).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
    }

    private AuditLog Find(string service) =>
        (service.Length == 0 ? logs.FirstOrDefault() : logs.FirstOrDefault(l => l.Service == service))
        ?? throw ApiErrors.InvalidField("service", $"This process keeps the audit logs of {string.Join(", ", logs.Select(l => l.Service))}.");

    private static AuditEntry ToMessage(string service, AuditRow row) => new()
    {
        Service = service,
        Id = row.Id,
        Time = Timestamp.FromDateTime(row.Time),
        Caller = row.Caller,
        RemoteAddress = row.RemoteAddress,
        Method = row.Method,
        Resource = row.Resource,
        Outcome = row.Outcome,
    };
}
