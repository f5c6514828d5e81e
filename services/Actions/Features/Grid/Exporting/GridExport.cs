using Google.Api;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Grid.Editing;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Progress;
using PlanServices.ServiceDefaults.Storage;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;

namespace PlanServices.Actions.Features.Grid.Exporting;

/// <summary>A period's grid as it is written: its headings, and one row a leaf.</summary>
/// <param name="Plan">The plan's id.</param>
/// <param name="Period">The period's id.</param>
/// <param name="Title">The plan and the period.</param>
/// <param name="Cells">What the columns show.</param>
/// <param name="Scheme">The plan's statuses and their colours.</param>
/// <param name="Rows">The leaves that are pursued, in the plan's order, each with its update where there is one.</param>
internal sealed record ExportedGrid(
    string Plan, string Period, string Title, GridCells Cells, StatusScheme Scheme, IReadOnlyList<(PlanActionEntity Leaf, ProgressUpdate? Update)> Rows)
{
    public static IEnumerable<string> Headings =>
        [.. GridCells.ActionColumns.Select(c => c.Heading), .. GridCells.UpdateHeadings, "Workflow state", GridCells.EtagHeading];

    public IEnumerable<string> CellsOf((PlanActionEntity Leaf, ProgressUpdate? Update) row) =>
    [
        .. GridCells.ActionColumns.Select(c => c.Cell(row.Leaf)),
        .. Cells.Of(row.Update),
        row.Update is null ? "" : row.Update.State.ToString(),
        RowEtag.Of(Plan, Period, row.Update),
    ];
}

/// <summary>Writes grids for people to edit.</summary>
internal sealed class GridExport(IDbContextFactory<ActionsContext> contexts)
{
    public async Task<HttpBody> ExportAsync(ExportGridRequest request, CancellationToken cancellationToken)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var period = ResourceName.CheckPeriodId(request.Period, "period");
        if (request.Format is not (Format.Unspecified or Format.Csv or Format.Xlsx))
            throw ApiErrors.InvalidField("format", "It is FORMAT_CSV or FORMAT_XLSX.");

        var grid = await LoadAsync(plan, period, cancellationToken);
        return request.Format == Format.Csv
            ? new HttpBody { ContentType = "text/csv; charset=utf-8", Data = ByteString.CopyFrom(CsvSheet.Write(grid)) }
            : new HttpBody
            {
                ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                Data = ByteString.CopyFrom(XlsxSheet.Write(grid)),
            };
    }

    private async Task<ExportedGrid> LoadAsync(string slug, string periodId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginReadAsync(cancellationToken);
        var plan = await db.PresentPlans.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, cancellationToken)
            ?? throw ApiErrors.NotFound(ResourceName.Plan.Of(slug));
        var period = await db.Periods.AsNoTracking().SingleOrDefaultAsync(p => p.PlanId == plan.Id && p.Slug == periodId, cancellationToken)
            ?? throw ApiErrors.NotFound(ResourceName.Period.Of(slug, periodId));
        var actions = await db.PlanActions.AsNoTracking()
            .Include(a => a.Theme)
            .Include(a => a.Parent)
            .Where(a => a.PlanId == plan.Id)
            .OrderBy(a => a.SortKey)
            .ToListAsync(cancellationToken);
        var updates = await db.ProgressUpdates.AsNoTracking()
            .Include(u => u.PlanAction)
            .Include(u => u.Period)
            .Where(u => u.PeriodId == period.Id)
            .ToDictionaryAsync(u => u.PlanActionId, cancellationToken);
        var scheme = StatusScheme.Parser.ParseFrom(plan.StatusScheme);
        return new ExportedGrid(
            slug,
            periodId,
            $"{plan.DisplayName}, {period.DisplayName}",
            new GridCells(scheme),
            scheme,
            [.. Leaves(actions, period.ToMessage(slug), slug, a => updates.GetValueOrDefault(a.Id)?.ToMessage(slug))]);
    }

    // Those to report on; of a locked period those that it counts, as they were led then.
    private static IEnumerable<(PlanActionEntity Action, ProgressUpdate? Update)> Leaves(
        List<PlanActionEntity> actions, Period period, string plan, Func<PlanActionEntity, ProgressUpdate?> updateOf)
    {
        foreach (var action in actions)
        {
            var update = updateOf(action);
            var reported = period.State == Period.Types.State.Locked && update is not null && LeafRules.IsReport(update);
            if (!reported && !action.ToMessage(plan).IsPursuedIn(period))
                continue;

            if (!action.Leaf)
                (action.OpccLeads, action.DeliveryLeads) = (action.FormerOpccLeads, action.FormerDeliveryLeads);
            yield return (action, update);
        }
    }
}
