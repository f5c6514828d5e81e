using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>Plan refreshes over gRPC and JSON.</summary>
internal sealed class RefreshGrpcService(IDbContextFactory<ActionsContext> contexts, RefreshWrites writes) : RefreshService.RefreshServiceBase
{
    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<PlanRefresh> CreatePlanRefresh(CreatePlanRefreshRequest request, ServerCallContext context) =>
        writes.CreateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<PlanRefresh> UpdatePlanRefresh(UpdatePlanRefreshRequest request, ServerCallContext context) =>
        writes.UpdateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<PlanRefresh> RecordDecision(RecordDecisionRequest request, ServerCallContext context) =>
        writes.DecideAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<PlanRefresh> WithdrawPlanRefresh(WithdrawPlanRefreshRequest request, ServerCallContext context) =>
        writes.WithdrawAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<PlanRefresh> GetPlanRefresh(GetPlanRefreshRequest request, ServerCallContext context)
    {
        var ids = ResourceName.PlanRefresh.Parse(request.Name, "name");
        var (plan, slug) = (ids[0], ids[1]);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var refresh = await db.PlanRefreshes.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Plan.Slug == plan && r.Slug == slug, context.CancellationToken);
        return refresh?.ToMessage(plan) ?? throw ApiErrors.NotFound(request.Name);
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListPlanRefreshesResponse> ListPlanRefreshes(ListPlanRefreshesRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPlanRefreshes), request.Parent);
        var before = page.After.Length == 0 ? int.MaxValue : int.Parse(page.After, CultureInfo.InvariantCulture);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var planId = await db.PlanIdAsync(plan, context.CancellationToken);
        var read = await db.PlanRefreshes.AsNoTracking()
            .Where(r => r.PlanId == planId && r.Id < before)
            .OrderByDescending(r => r.Id)
            .Take(page.Size + 1)
            .ToListAsync(context.CancellationToken);
        var (entries, next) = page.Cut(read, r => r.Id.ToString(CultureInfo.InvariantCulture), r => r.Content.Length + 200);
        return new ListPlanRefreshesResponse { PlanRefreshes = { entries.Select(r => r.ToMessage(plan)) }, NextPageToken = next };
    }
}
