using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Expunging;
using PlanServices.Actions.Features.History;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Actions.Features.Plans;

/// <summary>Plans, themes and periods over gRPC and JSON.</summary>
internal sealed class PlanGrpcService(
    IDbContextFactory<ActionsContext> contexts,
    PlanWrites plans,
    ThemeWrites themeWrites,
    PeriodWrites periodWrites,
    RevisionReader revisions,
    PlanDeletion planDeletion,
    PeriodDeletion periodDeletion,
    PlanExpunge expunge)
    : PlanService.PlanServiceBase
{
    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<Plan> GetPlan(GetPlanRequest request, ServerCallContext context)
    {
        var slug = ResourceName.Plan.Parse(request.Name, "name")[0];
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var plan = await db.PresentPlans.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == slug, context.CancellationToken);
        return plan?.ToMessageWithHead(plan.HeadRevision) ?? throw ApiErrors.NotFound(request.Name);
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListPlansResponse> ListPlans(ListPlansRequest request, ServerCallContext context)
    {
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPlans));
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var entities = await db.PresentPlans.AsNoTracking()
            .Where(p => string.Compare(p.Slug, page.After) > 0)
            .OrderBy(p => p.Slug)
            .Take(page.Size + 1)
            .ToListAsync(context.CancellationToken);
        var (entries, next) = page.Cut(entities, p => p.Slug);
        return new ListPlansResponse { Plans = { entries.Select(p => p.ToMessageWithHead(p.HeadRevision)) }, NextPageToken = next };
    }

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<Plan> CreatePlan(CreatePlanRequest request, ServerCallContext context) =>
        plans.CreateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<Plan> UpdatePlan(UpdatePlanRequest request, ServerCallContext context) =>
        plans.UpdateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<DeletePlanResponse> DeletePlan(DeletePlanRequest request, ServerCallContext context) =>
        planDeletion.DeleteAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListPlanRevisionsResponse> ListPlanRevisions(ListPlanRevisionsRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Name, "name")[0];
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPlanRevisions), request.Name);
        var (read, next) = await revisions.ReadAsync(request.Name, plan, "", page, c => c.Plan, context.CancellationToken);
        return new ListPlanRevisionsResponse
        {
            Revisions = { read.Select(r => new PlanRevision { Provenance = r.Provenance, Changes = { r.Changes }, Plan = r.State, Expunged = r.Expunged }) },
            NextPageToken = next,
        };
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<Theme> GetTheme(GetThemeRequest request, ServerCallContext context)
    {
        var ids = ResourceName.Theme.Parse(request.Name, "name");
        var (plan, slug) = (ids[0], ids[1]);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var theme = await db.Themes.AsNoTracking()
            .SingleOrDefaultAsync(t => t.Plan.Slug == plan && t.Slug == slug, context.CancellationToken);
        return theme?.ToMessage(plan) ?? throw ApiErrors.NotFound(request.Name);
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListThemesResponse> ListThemes(ListThemesRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListThemes), request.Parent);
        var after = page.After.Length == 0 ? 0 : int.Parse(page.After);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var planId = await db.PlanIdAsync(plan, context.CancellationToken);
        var themes = await db.Themes.AsNoTracking()
            .Where(t => t.PlanId == planId && t.Position > after)
            .OrderBy(t => t.Position)
            .Take(page.Size + 1)
            .ToListAsync(context.CancellationToken);
        var (entries, next) = page.Cut(themes, t => t.Position.ToString());
        return new ListThemesResponse { Themes = { entries.Select(t => t.ToMessage(plan)) }, NextPageToken = next };
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<Period> GetPeriod(GetPeriodRequest request, ServerCallContext context)
    {
        var ids = ResourceName.Period.Parse(request.Name, "name");
        var (plan, slug) = (ids[0], ids[1]);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var period = await db.Periods.AsNoTracking()
            .SingleOrDefaultAsync(p => p.Plan.Slug == plan && p.Slug == slug, context.CancellationToken);
        return period?.ToMessage(plan) ?? throw ApiErrors.NotFound(request.Name);
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListPeriodsResponse> ListPeriods(ListPeriodsRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPeriods), request.Parent);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var planId = await db.PlanIdAsync(plan, context.CancellationToken);
        var periods = await db.Periods.AsNoTracking()
            .Where(p => p.PlanId == planId && (page.After == "" || string.Compare(p.Slug, page.After) < 0))
            .OrderByDescending(p => p.Slug)
            .Take(page.Size + 1)
            .ToListAsync(context.CancellationToken);
        var (entries, next) = page.Cut(periods, p => p.Slug);
        return new ListPeriodsResponse { Periods = { entries.Select(p => p.ToMessage(plan)) }, NextPageToken = next };
    }

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<Theme> CreateTheme(CreateThemeRequest request, ServerCallContext context) =>
        themeWrites.CreateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<Theme> UpdateTheme(UpdateThemeRequest request, ServerCallContext context) =>
        themeWrites.UpdateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<Period> CreatePeriod(CreatePeriodRequest request, ServerCallContext context) =>
        periodWrites.CreateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<Period> UpdatePeriod(UpdatePeriodRequest request, ServerCallContext context) =>
        periodWrites.UpdateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<Period> LockPeriod(LockPeriodRequest request, ServerCallContext context) =>
        periodWrites.LockAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<Period> ReopenPeriod(ReopenPeriodRequest request, ServerCallContext context) =>
        periodWrites.ReopenAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<DeletePeriodResponse> DeletePeriod(DeletePeriodRequest request, ServerCallContext context) =>
        periodDeletion.DeleteAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanAdmin)]
    public override Task<ExpungeResponse> Expunge(ExpungeRequest request, ServerCallContext context) =>
        expunge.ExpungeAsync(request, context);
}
