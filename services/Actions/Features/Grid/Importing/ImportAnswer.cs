using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>The part of an import's rows and diagnostics that one answer lists: all are counted, and no more are kept.</summary>
/// <param name="page">Which part that is.</param>
internal sealed class ImportAnswer(Page page)
{
    private const int MostEntries = 1000;

    private readonly int _from = page.After.Length == 0 ? 0 : int.Parse(page.After);
    private readonly List<GridRow> _rows = [];
    private int _count;

    /// <summary>How many entries there are up to the page's end.</summary>
    public int Reach => _from + page.Size;

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
            request.Overwrite.ToString(),
            request.Content.Length.ToString(),
            request.Content.GetHashCode().ToString());
    }

    /// <summary>Adds a row; its message is made where the page lists it.</summary>
    public void Add(Func<GridRow> row)
    {
        if (_count >= _from && _count < Reach)
            _rows.Add(row());
        _count++;
    }

    /// <summary>Puts the rows of the page and its diagnostics into an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="total">How many diagnostics there are.</param>
    /// <param name="diagnostics">The first of them, up to the page's end at least.</param>
    public ImportGridResponse Finish(ImportGridResponse answer, int total, IEnumerable<GridDiagnostic> diagnostics)
    {
        (answer.TotalRows, answer.TotalDiagnostics) = (_count, total);
        List<GridDiagnostic> listed = [.. diagnostics.Skip(_from).Take(page.Size)];
        var count = Page.Fitting(Enumerable.Range(0, Math.Max(_rows.Count, listed.Count)).Select(i =>
            (i < _rows.Count ? _rows[i].CalculateSize() : 0) + (i < listed.Count ? listed[i].CalculateSize() : 0)));
        answer.Rows.AddRange(_rows.Take(count));
        answer.Diagnostics.AddRange(listed.Take(count));
        if (Math.Max(_count, total) > _from + count)
            answer.NextPageToken = page.TokenAfter((_from + count).ToString());

        return answer;
    }
}
