using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.ServiceDefaults.Requests;

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

    /// <summary>Puts the rows and diagnostics of the page into an answer that has all diagnostics.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="page">Which part of both is listed.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="row">Makes the message of a row.</param>
    public static ImportGridResponse Cut(ImportGridResponse answer, Page page, int rows, Func<int, GridRow> row)
    {
        var from = page.After.Length == 0 ? 0 : int.Parse(page.After);
        (answer.TotalRows, answer.TotalDiagnostics) = (rows, answer.Diagnostics.Count);
        var entries = Math.Max(rows, answer.TotalDiagnostics);
        List<GridRow> listed = [.. Enumerable.Range(from, Math.Clamp(rows - from, 0, page.Size)).Select(row)];
        var count = Page.Fitting(Enumerable.Range(0, Math.Clamp(entries - from, 0, page.Size)).Select(i =>
            (i < listed.Count ? listed[i].CalculateSize() : 0)
            + (from + i < answer.TotalDiagnostics ? answer.Diagnostics[from + i].CalculateSize() : 0)));
        answer.Rows.AddRange(listed.Take(count));
        FieldSet.Replace(answer.Diagnostics, [.. answer.Diagnostics.Skip(from).Take(count)]);
        if (entries > from + count)
            answer.NextPageToken = page.TokenAfter((from + count).ToString());

        return answer;
    }
}
