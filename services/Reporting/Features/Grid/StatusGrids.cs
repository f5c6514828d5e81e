using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.Features.Model;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using GridRow = PlanServices.Reporting.V1.GridRow;

namespace PlanServices.Reporting.Features.Grid;

/// <summary>Shows every leaf over the last periods.</summary>
internal sealed class StatusGrids(ModelReads reads, DirectoryFollower directory, TimeProvider time)
{
    private const int DefaultPeriods = 6;
    private const int MostPeriods = 60;

    public async Task<StatusGrid> GetAsync(GetStatusGridRequest request, ServerCallContext context)
    {
        var ids = ResourceName.Plan.Parse(request.Parent, "parent");
        var audience = Audiences.Check(request.Audience);
        var count = request.Periods switch
        {
            0 => DefaultPeriods,
            > 0 and <= MostPeriods => request.Periods,
            _ => throw ApiErrors.InvalidField("periods", $"{request.Periods} is not 1 to {MostPeriods}."),
        };
        if (request.LastPeriod.Length > 0)
            ResourceName.CheckPeriodId(request.LastPeriod, "last_period");
        if (request.Theme.Length > 0)
            ResourceName.Theme.Parse(request.Theme, "theme");

        var plan = request.LastPeriod.Length == 0
            ? await reads.FindAsync(ids[0], context)
            : (await reads.FindAsync(ids[0], request.LastPeriod, context)).Plan;
        StatusGrid grid;
        lock (plan.Lock)
            grid = Of(plan, request.LastPeriod, count, audience, request.Theme);

        var (partners, today) = (await directory.GetAsync(context.CancellationToken), time.Today());
        foreach (var row in grid.Rows)
            row.LeadSuccessors.AddRange(partners.ShowSuccessors(row.DeliveryLeads, today));
        return grid;
    }

    /// <summary>The grid of what the model has now. NOT_FOUND where plan or period were deleted since they were found.</summary>
    internal static StatusGrid Of(PlanModel plan, string lastPeriod, int count, Audience audience, string theme)
    {
        if (plan.Plan is not { } itself)
            throw ApiErrors.NotFound(plan.Name);

        var order = plan.Order;
        if (theme.Length > 0 && !order.Themes.Any(t => t.Name == theme))
            throw ApiErrors.NotFound(theme);

        var last = lastPeriod.Length == 0 ? order.Periods.Count - 1 : order.Periods.ToList().FindIndex(p => p.Id == lastPeriod);
        if (last < 0 && lastPeriod.Length > 0)
            throw ApiErrors.NotFound($"{plan.Name}/periods/{lastPeriod}");

        var first = Math.Max(0, last - count + 1);
        var periods = order.Periods.Skip(first).Take(last - first + 1).ToArray();
        var grid = new StatusGrid
        {
            Name = $"{plan.Name}/statusGrid",
            PlanDisplayName = itself.DisplayName,
            Revision = plan.Revision,
            Audience = audience,
        };
        grid.Periods.AddRange(periods.Select(p => p.ToGridPeriod()));
        grid.Rows.AddRange(order.Actions
            .Where(l => periods.Any(p => p.Counts(l)))
            .Where(l => theme.Length == 0 || l.Action!.Theme == theme)
            .Select(l => Row(plan, l, periods, LeafHistory.RedRow(order.Periods, last, l, audience), audience)));
        grid.StatusScheme = Schemes.With(itself.StatusScheme, grid.Rows.SelectMany(r => r.Cells).Select(c => c.Status));
        return grid;
    }

    private static GridRow Row(
        PlanModel plan, ActionModel leaf, PeriodModel[] periods, (int Periods, PeriodModel? Since) red, Audience audience)
    {
        var action = leaf.Action!;
        var row = new GridRow
        {
            PlanAction = action.Name,
            Ref = action.Ref,
            Theme = action.Theme,
            ThemeDisplayName = plan.Order.NameOfTheme(action.Theme),
            Title = plan.TitleOf(action),
            ParentAction = action.ParentAction,
            RedPeriods = red.Periods,
            RedSince = red.Since?.Period?.Name ?? "",
        };
        row.DeliveryLeads.AddRange(action.DeliveryLeads);
        row.Cells.AddRange(periods.Select(p => Cell(p[leaf.Place].SeenBy(audience))));
        row.Trend = LeafHistory.TrendOf(row.Cells.Select(c => c.Status));
        return row;
    }

    private static GridCell Cell(SeenFact seen) => new()
    {
        Status = seen.Status,
        Direction = seen.Direction,
        State = seen.State,
        NotShown = seen.StatusHidden,
    };
}

/// <summary>Says what a period is, for the heading of a column.</summary>
internal static class GridPeriods
{
    public static GridPeriod ToGridPeriod(this PeriodModel period) => period.Period!.ToGridPeriod();

    public static GridPeriod ToGridPeriod(this Period period) => new()
    {
        Period = period.Name,
        DisplayName = period.DisplayName,
        AsAtDate = period.AsAtDate,
        State = period.State,
    };
}
