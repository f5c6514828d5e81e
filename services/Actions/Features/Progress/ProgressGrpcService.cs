using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.History;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Progress.Rights;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Actions.Features.Progress;

/// <summary>Progress updates over gRPC and JSON.</summary>
internal sealed class ProgressGrpcService(
    IDbContextFactory<ActionsContext> contexts, ProgressWrites writes, UpdateMetrics metrics, OwedUpdates owed, RevisionReader revisions)
    : ProgressService.ProgressServiceBase
{
    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ProgressUpdate> GetProgressUpdate(GetProgressUpdateRequest request, ServerCallContext context)
    {
        var ids = ResourceName.ProgressUpdate.Parse(request.Name, "name");
        var (plan, reference, period) = (ids[0], ids[1], ids[2]);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var update = await db.ProgressUpdates.AsNoTracking()
            .Include(u => u.PlanAction)
            .Include(u => u.Period)
            .SingleOrDefaultAsync(
                u => u.PlanAction.Plan.Slug == plan && u.PlanAction.Ref == reference && u.Period.Slug == period,
                context.CancellationToken);
        if (update is null)
        {
            var planId = await db.PlanIdAsync(plan, context.CancellationToken);
            throw await MissingAction.ErrorAsync(db, planId, reference, request.Name, context.CancellationToken);
        }

        return (await new[] { update }.ToMessagesAsync(db, update.PlanAction.PlanId, plan, context.CancellationToken))[0];
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListProgressUpdatesResponse> ListProgressUpdates(
        ListProgressUpdatesRequest request, ServerCallContext context)
    {
        var ids = ResourceName.PlanAction.Parse(request.Parent, "parent");
        var (plan, reference) = (ids[0], ids[1]);
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListProgressUpdates), request.Parent, request.Period);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var planId = await db.PlanIdAsync(plan, context.CancellationToken);
        var updates = db.ProgressUpdates.AsNoTracking()
            .Include(u => u.PlanAction)
            .Include(u => u.Period)
            .Where(u => u.PlanAction.PlanId == planId);
        if (reference != ResourceName.Any)
        {
            if (!await db.PlanActions.AnyAsync(a => a.PlanId == planId && a.Ref == reference, context.CancellationToken))
                throw await MissingAction.ErrorAsync(db, planId, reference, request.Parent, context.CancellationToken);

            updates = updates.Where(u => u.PlanAction.Ref == reference);
        }

        if (request.Period.Length > 0)
        {
            var period = ResourceName.CheckPeriodId(request.Period, "period");
            updates = updates.Where(u => u.Period.Slug == period);
        }

        if (page.After.Length > 0)
        {
            var (sortKey, period) = SplitKey(page.After);
            updates = updates.Where(u => string.Compare(u.PlanAction.SortKey, sortKey) > 0
                || (u.PlanAction.SortKey == sortKey && string.Compare(u.Period.Slug, period) < 0));
        }

        var read = await updates
            .OrderBy(u => u.PlanAction.SortKey)
            .ThenByDescending(u => u.Period.Slug)
            .Take(page.Size + 1)
            .ToListAsync(context.CancellationToken);
        var messages = await read.ToMessagesAsync(db, planId, plan, context.CancellationToken);
        var (entries, next) = page.Cut(
            read.Zip(messages).ToList(), e => $"{e.First.PlanAction.SortKey}\n{e.First.Period.Slug}", e => e.Second.CalculateSize());
        return new ListProgressUpdatesResponse { ProgressUpdates = { entries.Select(e => e.Second) }, NextPageToken = next };
    }

    [Authorize(Policy = Policies.UpdatesWrite)]
    public override Task<ProgressUpdate> SaveProgressUpdate(SaveProgressUpdateRequest request, ServerCallContext context) =>
        metrics.CountAsync("save", request.ValidateOnly, writes.SaveAsync(request, UpdateSender.Of(context), context.CancellationToken));

    [Authorize(Policy = Policies.UpdatesWrite)]
    public override Task<ProgressUpdate> SubmitProgressUpdate(SubmitProgressUpdateRequest request, ServerCallContext context) =>
        metrics.CountAsync("submit", request.ValidateOnly, writes.SubmitAsync(request, UpdateSender.Of(context), context.CancellationToken));

    [Authorize(Policy = Policies.UpdatesApprove)]
    public override Task<ProgressUpdate> ReturnProgressUpdate(ReturnProgressUpdateRequest request, ServerCallContext context) =>
        metrics.CountAsync("return", request.ValidateOnly, writes.ReturnAsync(request, UpdateSender.Approver(context), context.CancellationToken));

    [Authorize(Policy = Policies.UpdatesApprove)]
    public override Task<ProgressUpdate> ApproveProgressUpdate(ApproveProgressUpdateRequest request, ServerCallContext context) =>
        metrics.CountAsync("approve", request.ValidateOnly, writes.ApproveAsync(request, UpdateSender.Approver(context), context.CancellationToken));

    [Authorize(Policy = Policies.UpdatesApprove)]
    public override Task<ProgressUpdate> SetWithheldFields(SetWithheldFieldsRequest request, ServerCallContext context) =>
        metrics.CountAsync("withhold", request.ValidateOnly, writes.WithholdAsync(request, UpdateSender.Approver(context), context.CancellationToken));

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListOwedUpdatesResponse> ListOwedUpdates(ListOwedUpdatesRequest request, ServerCallContext context) =>
        owed.ListAsync(request, context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListProgressUpdateRevisionsResponse> ListProgressUpdateRevisions(
        ListProgressUpdateRevisionsRequest request, ServerCallContext context)
    {
        var ids = ResourceName.ProgressUpdate.Parse(request.Name, "name");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListProgressUpdateRevisions), request.Name);
        var (read, next) = await revisions.ReadAsync(
            request.Name, ids[0], Resources.ProgressUpdate(ids[1], ids[2]), page, c => c.ProgressUpdate, context.CancellationToken);
        return new ListProgressUpdateRevisionsResponse
        {
            Revisions =
            {
                read.Select(r => new ProgressUpdateRevision { Provenance = r.Provenance, Changes = { r.Changes }, ProgressUpdate = r.State }),
            },
            NextPageToken = next,
        };
    }

    private static (string SortKey, string Period) SplitKey(string key)
    {
        var at = key.LastIndexOf('\n');
        return (key[..at], key[(at + 1)..]);
    }
}
