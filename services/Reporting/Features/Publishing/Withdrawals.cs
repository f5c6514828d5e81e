using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Features.Publishing;

/// <summary>Withdraws published reports: their bytes go, from the database's free pages too; what they were stays.</summary>
internal sealed class Withdrawals(
    SingleWriter<PublicationContext> writer, IDbContextFactory<PublicationContext> contexts, TimeProvider time)
{
    public async Task<Report> WithdrawAsync(WithdrawReportRequest request, ServerCallContext context)
    {
        var (plan, number) = ReportNames.Parse(request.Name, "name");
        Reasons.Check(request.Reason);
        try
        {
            var report = await WriteAsync(request, plan, number, context);
            await CompactAsync(request);
            return report;
        }
        catch (ApiException e) when (e.Status == StatusCode.FailedPrecondition)
        {
            // It was withdrawn before, by an attempt that may have ended before its compaction.
            await CompactAsync(request);
            throw;
        }
    }

    private Task CompactAsync(WithdrawReportRequest request) =>
        request.ValidateOnly ? Task.CompletedTask : contexts.CompactAsync(time, CancellationToken.None);

    private Task<Report> WriteAsync(WithdrawReportRequest request, string plan, int number, ServerCallContext context)
    {
        var (now, caller) = (time.GetUtcNow().UtcDateTime, Caller.Of(context));
        return writer.WriteAsync(
            (db, token) => RequestIds.OnceAsync(
                db, request.RequestId, nameof(ReportService.ReportServiceBase.WithdrawReport), request, now, async d =>
                {
                    var published = await WithdrawAsync(d, plan, number, request.Reason, caller, now, token);
                    return new Written<Report>(published.ToMessage(), Keep: !request.ValidateOnly);
                },
                token),
            context.CancellationToken);
    }

    private static async Task<PublishedReport> WithdrawAsync(
        PublicationContext db, string plan, int number, string reason, string caller, DateTime now, CancellationToken cancellationToken)
    {
        var published = await Publications.FindAsync(db, plan, number, cancellationToken);
        if (published.WithdrawTime is not null)
        {
            var name = ReportNames.Of(plan, number);
            throw new ApiException(StatusCode.FailedPrecondition, ErrorReason.ReportWithdrawn, $"{name} was withdrawn already: {published.WithdrawReason}")
                .With("resource", name)
                .With("reason", published.WithdrawReason)
                .With("sha256", published.Files.First(f => f.Format == Format.Json).Sha256);
        }

        (published.WithdrawTime, published.Withdrawer, published.WithdrawReason) = (now, caller, reason);
        await db.Reports.Where(r => r.Id == published.Id).ExecuteUpdateAsync(
            r => r.SetProperty(p => p.WithdrawTime, now).SetProperty(p => p.Withdrawer, caller).SetProperty(p => p.WithdrawReason, reason),
            cancellationToken);
        await db.Files.Where(f => f.ReportId == published.Id).ExecuteUpdateAsync(
            f => f.SetProperty(p => p.Bytes, (byte[]?)null), cancellationToken);
        return published;
    }
}
