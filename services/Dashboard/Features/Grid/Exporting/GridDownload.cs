using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using PlanServices.Dashboard.Reading;

namespace PlanServices.Dashboard.Features.Grid.Exporting;

/// <summary>The rows of the grid as a file, in the order and by the filter that the page's address has.</summary>
internal static class GridDownload
{
    private static readonly Dictionary<string, (string Type, Func<GridColumns, byte[]> Write)> Formats = new()
    {
        ["csv"] = ("text/csv; charset=utf-8", GridCsv.Write),
        ["xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", GridXlsx.Write),
        ["docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", GridDocx.Write),
    };

    public static async Task<IResult> ReadAsync(
        string format,
        string plan,
        string period,
        HttpRequest request,
        [FromServices] PlaceReader places,
        [FromServices] GridReader grids,
        CancellationToken cancellationToken)
    {
        if (!Formats.TryGetValue(format, out var chosen))
            return Results.NotFound();

        var place = await places.ReadAsync(plan, period, cancellationToken);
        if (place.Problem is { } missing)
            return Say(missing);

        try
        {
            var grid = GridColumns.Of(place, await grids.ReadAsync(place, cancellationToken), GridFilter.Parse(request.QueryString.Value ?? ""));
            return Results.File(chosen.Write(grid), chosen.Type, $"{plan}-{period}-grid.{format}");
        }
        catch (RpcException e)
        {
            return Say(Problem.Of(e));
        }
    }

    private static IResult Say(Problem problem) => Results.Text($"{problem.Title} {problem.Detail}", "text/plain; charset=utf-8", statusCode: problem.HttpStatus);
}
