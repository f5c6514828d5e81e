using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.ServiceDefaults.Progress;
using PlanServices.ServiceDefaults.Requests;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Progress;

/// <summary>Tells which leaves still owe an update for a period, and how late they are.</summary>
internal sealed class OwedUpdates(IDbContextFactory<ActionsContext> contexts, TimeProvider time)
{
    public async Task<ListOwedUpdatesResponse> ListAsync(ListOwedUpdatesRequest request, CancellationToken cancellationToken)
    {
        var ids = ResourceName.Period.Parse(request.Parent, "parent");
        if (request.Partner.Length > 0)
            ResourceName.Partner.Parse(request.Partner, "partner");

        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListOwedUpdatesRequest), request.Parent, request.Partner);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var planId = await db.PlanIdAsync(ids[0], cancellationToken);
        var period = await db.Periods.AsNoTracking().SingleOrDefaultAsync(p => p.PlanId == planId && p.Slug == ids[1], cancellationToken)
            ?? throw ApiErrors.NotFound(request.Parent);
        var actions = await db.PlanActions.AsNoTracking()
            .Include(a => a.Theme)
            .Include(a => a.Parent)
            .Where(a => a.PlanId == planId)
            .OrderBy(a => a.SortKey)
            .ToListAsync(cancellationToken);
        var asked = period.ToMessage(ids[0]);
        var leaves = actions.Select(a => (Entity: a, Action: a.ToMessage(ids[0]).AsReported())).Where(a => a.Action.IsPursuedIn(asked)).ToList();
        var updates = await db.ProgressUpdates.AsNoTracking()
            .Where(u => u.PeriodId == period.Id)
            .Select(u => new { u.PlanActionId, u.State, u.ReturnReason })
            .ToDictionaryAsync(u => u.PlanActionId, cancellationToken);
        var complete = await LastReports.Before(db, planId, period.Slug)
            .Where(u => u.Status == Status.Complete)
            .Select(u => u.PlanActionId)
            .ToHashSetAsync(cancellationToken);

        if (request.Partner.Length > 0)
            leaves = leaves.FindAll(a => a.Action.DeliveryLeads.Any(l => l.Partner == request.Partner));
        var owing = leaves.FindAll(a => ProgressRules.Owes(StateOf(a.Entity), complete.Contains(a.Entity.Id)));
        var late = DaysLate(period.DueDate, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var (entries, next) = page.Cut(
            [.. owing.Where(a => string.CompareOrdinal(a.Entity.SortKey, page.After) > 0).Take(page.Size + 1)], a => a.Entity.SortKey);
        return new ListOwedUpdatesResponse
        {
            OwedUpdates =
            {
                entries.Select(a => new OwedUpdate
                {
                    PlanAction = a.Action,
                    State = StateOf(a.Entity),
                    DueDate = period.DueDate?.ToDate(),
                    DaysLate = late,
                    ReturnReason = updates.GetValueOrDefault(a.Entity.Id)?.ReturnReason ?? "",
                    Title = a.Action.Title.Length > 0 ? a.Action.Title : a.Entity.Parent?.Title ?? "",
                }),
            },
            NextPageToken = next,
            TotalSize = owing.Count,
            TotalLeaves = leaves.Count,
            TotalComplete = leaves.Count(a => StateOf(a.Entity) is State.Unspecified or State.Draft && complete.Contains(a.Entity.Id)),
        };

        State StateOf(PlanActionEntity leaf) => updates.GetValueOrDefault(leaf.Id)?.State ?? State.Unspecified;
    }

    /// <summary>How many days after its due date something is; 0 until then, or where there is none.</summary>
    public static int DaysLate(DateOnly? due, DateOnly today) => due is { } day ? Math.Max(0, today.DayNumber - day.DayNumber) : 0;
}
