using Google.Api;
using Grpc.Core;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Makes reports as the plan is now.</summary>
internal sealed class ReportMaker(ReportSource source, DirectoryFollower partners, ReportRenderer renderer, RenderMetrics metrics, TimeProvider time)
{
    public async Task<HttpBody> RenderAsync(RenderReportRequest request, ServerCallContext context)
    {
        var ids = ResourceName.Period.Parse(request.Name, "name");
        var format = ReportRenderer.Check(request.Format);
        var audience = Audiences.Check(request.Audience);
        CheckMarking(request.ProtectiveMarking, audience);
        ReportSelection.Check(request);
        var material = await source.ReadAsync(ids[0], ids[1], request.BasePeriod, audience, context);
        var report = await MakeAsync(material, request.ProtectiveMarking, context.CancellationToken);
        ReportSelection.Apply(report, request);
        ReportFileName.Announce(context, ReportFileName.Of(ids[0], ids[1], audience, 0), format);
        return await metrics.MeasureAsync(format, () => renderer.RenderAsync(report, format));
    }

    public async Task<ProgressReport> MakeAsync(ReportMaterial material, ProtectiveMarking marking, CancellationToken cancellationToken)
    {
        var report = ProgressReports.Of(material, await partners.GetAsync(cancellationToken), time.Today());
        report.ProtectiveMarking = marking;
        return report;
    }

    /// <summary>INVALID_ARGUMENT where it is no marking, or not one for this audience.</summary>
    public static void CheckMarking(ProtectiveMarking marking, Audience audience)
    {
        if (!Enum.IsDefined(marking))
        {
            throw ApiErrors.InvalidField(
                "protective_marking",
                $"{(int)marking} is none: PROTECTIVE_MARKING_OFFICIAL or PROTECTIVE_MARKING_OFFICIAL_SENSITIVE; leave it out for none.");
        }

        if (marking == ProtectiveMarking.OfficialSensitive && audience == Audience.Public)
            throw ApiErrors.InvalidField("protective_marking", "What is OFFICIAL-SENSITIVE is not for the public.");
    }
}
