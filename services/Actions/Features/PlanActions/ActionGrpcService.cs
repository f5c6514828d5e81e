using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>The action catalogue over gRPC and JSON.</summary>
internal sealed class ActionGrpcService(IDbContextFactory<ActionsContext> contexts, ChangeWatcher watcher) : ActionService.ActionServiceBase
{
    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<PlanAction> GetPlanAction(GetPlanActionRequest request, ServerCallContext context)
    {
        var ids = ResourceName.PlanAction.Parse(request.Name, "name");
        var (plan, reference) = (ids[0], ids[1]);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var action = await db.PlanActions.AsNoTracking()
            .Include(a => a.Theme)
            .Include(a => a.Parent)
            .SingleOrDefaultAsync(a => a.Plan.Slug == plan && a.Ref == reference, context.CancellationToken);
        return action?.ToMessage(plan) ?? throw ApiErrors.NotFound(request.Name);
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListPlanActionsResponse> ListPlanActions(ListPlanActionsRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPlanActions), request.Parent, request.Theme);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var planId = await db.PlanIdAsync(plan, context.CancellationToken);
        var actions = db.PlanActions.AsNoTracking()
            .Include(a => a.Theme)
            .Include(a => a.Parent)
            .Where(a => a.PlanId == planId && string.Compare(a.SortKey, page.After) > 0);
        if (request.Theme.Length > 0)
        {
            var theme = ResourceName.Theme.Parse(request.Theme, "theme");
            if (theme[0] != plan)
                throw ApiErrors.InvalidField("theme", $"{request.Theme} is a theme of another plan than {request.Parent}.");

            var slug = theme[1];
            actions = actions.Where(a => a.Theme.Slug == slug);
        }

        var (entries, next) = page.Cut(
            await actions.OrderBy(a => a.SortKey).Take(page.Size + 1).ToListAsync(context.CancellationToken),
            a => a.SortKey);
        return new ListPlanActionsResponse { PlanActions = { entries.Select(a => a.ToMessage(plan)) }, NextPageToken = next };
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override Task WatchChanges(
        WatchChangesRequest request, IServerStreamWriter<WatchChangesResponse> responseStream, ServerCallContext context) =>
        watcher.WatchAsync(request, responseStream, context.CancellationToken);
}
