using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>The part of an import's rows and diagnostics that one answer lists.</summary>
internal static class ImportAnswer
{
    private const int MostEntries = 1000;

    public static Page PageOf(ImportGridRequest request)
    {
        if (request.PageToken.Length > 0 && !request.ValidateOnly)
            throw ApiErrors.InvalidField("page_token", "Further rows are listed with validate_only only.");

        return Page.Of(
            request.PageSize == 0 ? MostEntries : request.PageSize,
            request.PageToken,
            "ImportGrid",
            request.Parent,
            request.Period,
            request.Format.ToString(),
            request.Content.Length.ToString(),
            request.Content.GetHashCode().ToString());
    }

    /// <summary>Counts all rows and diagnostics, then leaves those of the page.</summary>
    public static ImportGridResponse Cut(ImportGridResponse answer, Page page)
    {
        var from = page.After.Length == 0 ? 0 : int.Parse(page.After);
        (answer.TotalRows, answer.TotalDiagnostics) = (answer.Rows.Count, answer.Diagnostics.Count);
        var entries = Math.Max(answer.TotalRows, answer.TotalDiagnostics);
        var count = Page.Fitting(Enumerable.Range(from, Math.Clamp(entries - from, 0, page.Size)).Select(i =>
            (i < answer.TotalRows ? answer.Rows[i].CalculateSize() : 0)
            + (i < answer.TotalDiagnostics ? answer.Diagnostics[i].CalculateSize() : 0)));
        FieldSet.Replace(answer.Rows, [.. answer.Rows.Skip(from).Take(count)]);
        FieldSet.Replace(answer.Diagnostics, [.. answer.Diagnostics.Skip(from).Take(count)]);
        if (entries > from + count)
            answer.NextPageToken = page.TokenAfter((from + count).ToString());

        return answer;
    }
}
