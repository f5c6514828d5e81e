using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>What a report is made of, all at one revision.</summary>
/// <param name="Now">The plan in the period that is reported.</param>
/// <param name="Base">The plan in the period that new text is marked against; null where there is none.</param>
/// <param name="Audience">For whom it is.</param>
/// <param name="Trends">What the periods up to this one say.</param>
internal sealed record ReportMaterial(PlanState Now, PlanState? Base, Audience Audience, Trends Trends);
