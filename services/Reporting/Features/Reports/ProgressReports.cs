using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Grid;
using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>
/// Makes the progress report of a plan in a period: one row a leaf, in the plan's order. Here, and nowhere later, is decided what its
/// audience sees: the formats are given nothing else.
/// </summary>
internal static class ProgressReports
{
    /// <summary>The report.</summary>
    /// <param name="material">What it is made of.</param>
    /// <param name="partners">The directory.</param>
    /// <param name="today">The day by which leads may have successors.</param>
    public static ProgressReport Of(ReportMaterial material, PartnerDirectory partners, DateOnly today)
    {
        var (now, audience) = (material.Now, material.Audience);
        SeenLeaf.CheckReasons(now.Leaves, audience);
        var seen = now.Leaves.Select(l => SeenLeaf.Of(l, audience)).ToArray();
        var scheme = Schemes.With(now.Plan.StatusScheme, seen.Select(l => Known(l.Update?.Status ?? Status.Unspecified)));
        var report = new ProgressReport
        {
            Summary = Summaries.Summaries.Of(now, partners, audience),
            StatusScheme = scheme,
            Audience = audience,
            BasePeriod = material.Base?.Period.ToGridPeriod(),
        };
        report.Trend.AddRange(material.Trends.Points);
        report.Rows.AddRange(new ReportRows(material, seen, scheme).All());
        foreach (var row in report.Rows)
            row.LeadSuccessors.AddRange(partners.ShowSuccessors(row.DeliveryLeads, today));

        return report;
    }

    // A status of a later contract is not one that this service can count.
    public static Status Known(Status status) => Enum.IsDefined(status) ? status : Status.Unspecified;
}
