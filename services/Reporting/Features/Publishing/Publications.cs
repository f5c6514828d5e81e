using System.Globalization;
using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using ErrorReason = PlanServices.Reporting.V1.ErrorReason;
using Page = PlanServices.ServiceDefaults.Paging.Page;

namespace PlanServices.Reporting.Features.Publishing;

/// <summary>
/// Gives what was published, from the records alone: the read model is asked only whether a plan exists of which there are none, the
/// catalogue never.
/// </summary>
internal sealed class Publications(IDbContextFactory<PublicationContext> contexts, ModelReads reads)
{
    public async Task<Report> GetAsync(GetReportRequest request, ServerCallContext context)
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        return (await FindAsync(db, request.Name, context)).ToMessage();
    }

    public async Task<ListReportsResponse> ListAsync(ListReportsRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        if (request.Period.Length > 0)
            ResourceName.CheckPeriodId(request.Period, "period");
        if (!Enum.IsDefined(request.Audience))
            Audiences.Check(request.Audience);

        var page = Page.Of(request.PageSize, request.PageToken, nameof(ReportService.ReportServiceBase.ListReports), plan, request.Period, $"{(int)request.Audience}");
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var reports = WithoutBytes(db).Where(r => r.Plan == plan);
        if (request.Period.Length > 0)
            reports = reports.Where(r => r.Period == request.Period);
        if (request.Audience != Audience.Unspecified)
            reports = reports.Where(r => r.Audience == request.Audience);
        if (page.After.Length > 0)
        {
            var after = int.Parse(page.After, CultureInfo.InvariantCulture);
            reports = reports.Where(r => r.Number < after);
        }

        var found = await reports.OrderByDescending(r => r.Number).Take(page.Size + 1).ToListAsync(context.CancellationToken);
        if (found.Count == 0 && !await db.Reports.AnyAsync(r => r.Plan == plan, context.CancellationToken))
            await reads.FindAsync(plan, context);

        var (entries, next) = page.Cut(found, r => r.Number.ToString(CultureInfo.InvariantCulture));
        var response = new ListReportsResponse { NextPageToken = next };
        response.Reports.AddRange(entries.Select(r => r.ToMessage()));
        return response;
    }

    public async Task<HttpBody> DownloadAsync(DownloadReportRequest request, ServerCallContext context)
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var report = await FindAsync(db, request.Name, context);
        var format = ReportRenderer.Check(request.Format);
        var file = await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.ReportId == report.Id && f.Format == format, context.CancellationToken)
            ?? throw ApiErrors.NotFound($"{request.Name} in {format}");
        if (file.Bytes is null || report.WithdrawTime is not null)
            throw Withdrawn(report, file);

        ReportFileName.Announce(context, ReportFileName.Of(report.Plan, report.Period, report.Audience, report.Number), format);
        return new HttpBody { ContentType = file.MediaType, Data = UnsafeByteOperations.UnsafeWrap(file.Bytes) };
    }

    /// <summary>The facts of a period's report for an audience: the one that was neither withdrawn nor corrected; null where there is none.</summary>
    public async Task<HttpBody?> NewestFactsAsync(string plan, string period, Audience audience, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var file = await db.Reports.AsNoTracking()
            .Where(r => r.Plan == plan && r.Period == period && r.Audience == audience && r.WithdrawTime == null && r.CorrectedBy == null)
            .OrderByDescending(r => r.Version)
            .SelectMany(r => r.Files.Where(f => f.Format == Format.Facts && f.Bytes != null))
            .FirstOrDefaultAsync(cancellationToken);
        return file is null ? null : new HttpBody { ContentType = file.MediaType, Data = UnsafeByteOperations.UnsafeWrap(file.Bytes) };
    }

    /// <summary>A report without its bytes; NOT_FOUND where there is none.</summary>
    public static async Task<PublishedReport> FindAsync(PublicationContext db, string plan, int number, CancellationToken cancellationToken) =>
        await WithoutBytes(db).SingleOrDefaultAsync(r => r.Plan == plan && r.Number == number, cancellationToken)
            ?? throw ApiErrors.NotFound(ReportNames.Of(plan, number));

    // Whoever may not read plans gets public editions, and is not told what else there is.
    private static async Task<PublishedReport> FindAsync(PublicationContext db, string name, ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var mayReadAll = http.User.HasScope(Scopes.PlanRead);
        try
        {
            var (plan, number) = ReportNames.Parse(name, "name");
            var report = await FindAsync(db, plan, number, context.CancellationToken);
            return mayReadAll || report.Audience == Audience.Public ? report : throw Refusals.Of(http);
        }
        catch (ApiException e) when (!mayReadAll && e.Status is (StatusCode.NotFound or StatusCode.InvalidArgument))
        {
            throw Refusals.Of(http);
        }
    }

    /// <summary>Reports without their bytes: the files are megabytes, and who asks about a report is not given them.</summary>
    public static IQueryable<PublishedReport> WithoutBytes(PublicationContext db) => db.Reports.AsNoTracking().Select(r => new PublishedReport
    {
        Id = r.Id,
        Plan = r.Plan,
        Number = r.Number,
        Period = r.Period,
        Audience = r.Audience,
        Marking = r.Marking,
        Version = r.Version,
        Corrects = r.Corrects,
        CorrectionNote = r.CorrectionNote,
        CorrectedBy = r.CorrectedBy,
        Revision = r.Revision,
        PublishTime = r.PublishTime,
        Publisher = r.Publisher,
        WithdrawTime = r.WithdrawTime,
        Withdrawer = r.Withdrawer,
        WithdrawReason = r.WithdrawReason,
        Files = r.Files.OrderBy(f => f.Id)
            .Select(f => new PublishedFile { Id = f.Id, Format = f.Format, MediaType = f.MediaType, Size = f.Size, Sha256 = f.Sha256 }).ToList(),
    });

    private static ApiException Withdrawn(PublishedReport report, PublishedFile file) =>
        new ApiException(
            StatusCode.FailedPrecondition,
            ErrorReason.ReportWithdrawn,
            $"{ReportNames.Of(report.Plan, report.Number)} was withdrawn: {report.WithdrawReason}")
            .With("resource", ReportNames.Of(report.Plan, report.Number))
            .With("reason", report.WithdrawReason)
            .With("sha256", file.Sha256);
}
