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
    public static ImportGridResponse Cut(ImportGridResponse whole, Page page)
    {
        var from = page.After.Length == 0 ? 0 : int.Parse(page.After);
        var answer = new ImportGridResponse(whole)
        {
            TotalRows = whole.Rows.Count,
            TotalDiagnostics = whole.Diagnostics.Count,
        };
        answer.Rows.Clear();
        answer.Rows.AddRange(whole.Rows.Skip(from).Take(page.Size));
        answer.Diagnostics.Clear();
        answer.Diagnostics.AddRange(whole.Diagnostics.Skip(from).Take(page.Size));
        if (Math.Max(whole.Rows.Count, whole.Diagnostics.Count) > from + page.Size)
            answer.NextPageToken = page.TokenAfter((from + page.Size).ToString());

        return answer;
    }
}
