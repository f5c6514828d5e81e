using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Leaves a report the rows that were asked for, in the order in which they were. Its figures stay those of the whole plan.</summary>
internal static class ReportSelection
{
    private const int Longest = 500;

    /// <summary>INVALID_ARGUMENT before anything is read.</summary>
    public static void Check(RenderReportRequest request)
    {
        if (request.Selection.Length > Longest)
            throw ApiErrors.InvalidField("selection", $"It has {request.Selection.Length} characters; at most {Longest} are allowed.");
        if (request.Selection.Length > 0 && request.Refs.Count == 0)
            throw ApiErrors.InvalidField("selection", "It says what the refs have in common; there are none.");
        if (request.Refs.CountBy(r => r).FirstOrDefault(r => r.Value > 1) is { Key: { } twice })
            throw ApiErrors.InvalidField("refs", $"{twice} stands there twice.");
    }

    public static void Apply(ProgressReport report, RenderReportRequest request)
    {
        if (request.Refs.Count == 0)
            return;

        var rows = report.Rows.ToDictionary(r => r.Ref);
        if (request.Refs.FirstOrDefault(r => !rows.ContainsKey(r)) is { } unknown)
            throw ApiErrors.InvalidField("refs", $"{unknown} is no leaf of this report.");

        report.Selection = $"{request.Refs.Count} of {rows.Count} actions{(request.Selection.Length > 0 ? $", {request.Selection}" : "")}";
        report.Rows.Clear();
        report.Rows.AddRange(request.Refs.Select(r => rows[r]));
    }
}
