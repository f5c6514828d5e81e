using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>What a report is made of: a plan in its last periods, all at one revision.</summary>
/// <param name="Periods">The plan in each period, oldest first; the last is the one that is reported.</param>
/// <param name="Base">The plan in the period that new text is marked against; null where there is none.</param>
/// <param name="Audience">For whom it is.</param>
internal sealed record ReportMaterial(IReadOnlyList<PlanState> Periods, PlanState? Base, Audience Audience)
{
    public PlanState Now => Periods[^1];
}
