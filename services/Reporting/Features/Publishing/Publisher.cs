using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;
using ErrorReason = PlanServices.Reporting.V1.ErrorReason;

namespace PlanServices.Reporting.Features.Publishing;

/// <summary>Publishes the report of a locked period: all its files, their hashes and its number in one transaction.</summary>
internal sealed class Publisher(
    SingleWriter<PublicationContext> writer, CatalogueHead catalogue, ReportSource source, ReportMaker maker, ReportRenderer renderer, TimeProvider time)
{
    private const int MostNote = 2000;

    public async Task<Report> PublishAsync(PublishReportRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        ResourceName.CheckPeriodId(request.Period, "period");
        var audience = Audiences.Check(request.Audience);
        ReportMaker.CheckMarking(request.ProtectiveMarking, audience);
        var corrects = Corrected(request, plan);

        // Nothing is read while others wait to write; what fails here fails there, unless the same request was answered before.
        var making = MakeAsync(request, plan, audience, context);
        await Task.WhenAny(making);
        var (now, caller) = (time.GetUtcNow().UtcDateTime, Caller.Of(context));
        return await writer.WriteAsync(
            (db, token) => RequestIds.OnceAsync(
                db, request.RequestId, nameof(ReportService.ReportServiceBase.PublishReport), request, now, async d =>
                {
                    var published = new PublishedReport
                    {
                        Plan = plan,
                        Period = request.Period,
                        Audience = audience,
                        Marking = request.ProtectiveMarking,
                        Corrects = corrects,
                        CorrectionNote = request.CorrectionNote,
                        PublishTime = now,
                        Publisher = caller,
                    };
                    await StoreAsync(d, published, await making, token);
                    return new Written<Report>(published.ToMessage(), Keep: !request.ValidateOnly);
                },
                token),
            context.CancellationToken);
    }

    private async Task<ProgressReport> MakeAsync(PublishReportRequest request, string plan, Audience audience, ServerCallContext context)
    {
        // What is published is what the catalogue holds now, and locked in that.
        var head = await catalogue.OfAsync(plan, context.CancellationToken);
        var material = await source.ReadAsync(plan, request.Period, "", audience, context, head);
        CheckLocked(material.Now.Period);
        var report = await maker.MakeAsync(material, request.ProtectiveMarking, context.CancellationToken);
        (report.Corrects, report.CorrectionNote) = (request.Corrects, request.CorrectionNote);
        return report;
    }

    private async Task StoreAsync(PublicationContext db, PublishedReport published, ProgressReport report, CancellationToken cancellationToken)
    {
        var (plan, period, audience) = (published.Plan, published.Period, published.Audience);
        var versions = db.Reports.Where(r => r.Plan == plan && r.Period == period && r.Audience == audience);
        var standing = await versions.Where(r => r.WithdrawTime == null).OrderByDescending(r => r.Version).FirstOrDefaultAsync(cancellationToken);
        CheckCorrection(published, standing);
        published.Number = 1 + (await db.Reports.Where(r => r.Plan == plan).MaxAsync(r => (int?)r.Number, cancellationToken) ?? 0);
        published.Version = 1 + (await versions.MaxAsync(r => (int?)r.Version, cancellationToken) ?? 0);
        published.Revision = report.Summary.Revision;
        if (published.Corrects is not null)
            standing!.CorrectedBy = published.Number;

        // The write may be run again, with another number.
        var numbered = report.Clone();
        numbered.Number = published.Number;
        foreach (var format in ReportRenderer.Formats)
        {
            var bytes = await renderer.BytesAsync(numbered, format);
            published.Files.Add(new PublishedFile
            {
                Format = format,
                MediaType = ReportRenderer.MediaType(format),
                Size = bytes.Length,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
                Bytes = bytes,
            });
        }

        db.Add(published);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static int? Corrected(PublishReportRequest request, string plan)
    {
        if (request.CorrectionNote.Length > MostNote)
            throw ApiErrors.InvalidField("correction_note", $"It has {request.CorrectionNote.Length:N0} characters; {MostNote:N0} are the most.");
        if (request.Corrects.Length == 0)
        {
            return request.CorrectionNote.Length == 0 ? null
                : throw ApiErrors.InvalidField("corrects", "Name the report that the note is about.");
        }

        var (of, number) = ReportNames.Parse(request.Corrects, "corrects");
        if (of != plan)
            throw ApiErrors.InvalidField("corrects", $"{request.Corrects} is no report of {request.Parent}.");
        return !string.IsNullOrWhiteSpace(request.CorrectionNote) ? number
            : throw ApiErrors.InvalidField("correction_note", "Say what was corrected.");
    }

    private static void CheckLocked(Period period)
    {
        if (period.State == Period.Types.State.Locked)
            return;

        throw new ApiException(
            StatusCode.FailedPrecondition, ErrorReason.PeriodNotLocked, $"{period.Name} is open; lock it, then publish its report.")
            .With("resource", period.Name);
    }

    private static void CheckCorrection(PublishedReport published, PublishedReport? standing)
    {
        if (published.Corrects is { } corrects)
        {
            if (standing?.Number == corrects)
                return;

            var name = ReportNames.Of(published.Plan, corrects);
            throw new ApiException(
                StatusCode.FailedPrecondition,
                ErrorReason.NotCorrectable,
                $"{name} is not the newest standing report of {published.Period} for this audience.")
                .With("resource", name);
        }

        if (standing is not null)
        {
            var name = ReportNames.Of(standing.Plan, standing.Number);
            throw new ApiException(
                StatusCode.FailedPrecondition,
                ErrorReason.AlreadyPublished,
                $"{name} is the report of {published.Period} for this audience; publish another as its correction.")
                .With("resource", name);
        }
    }
}
