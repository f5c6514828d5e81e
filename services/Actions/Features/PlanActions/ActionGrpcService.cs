using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.History;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>The action catalogue over gRPC and JSON.</summary>
internal sealed class ActionGrpcService(
    IDbContextFactory<ActionsContext> contexts,
    PlanActionReads reads,
    PlanActionWrites writes,
    PlanActionRetirement retirement,
    LeadSuccessors successors,
    RevisionReader revisions,
    ChangeWatcher watcher)
    : ActionService.ActionServiceBase
{
    private const int MostInBatch = 1000;

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<PlanAction> GetPlanAction(GetPlanActionRequest request, ServerCallContext context) =>
        PlanAction.Parser.ParseFrom(await reads.GetAsync(request, context));

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListPlanActionsResponse> ListPlanActions(ListPlanActionsRequest request, ServerCallContext context) =>
        ListPlanActionsResponse.Parser.ParseFrom(await reads.ListAsync(request, context));

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<BatchGetPlanActionsResponse> BatchGetPlanActions(BatchGetPlanActionsRequest request, ServerCallContext context)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        if (request.Names.Count is 0 or > MostInBatch)
            throw ApiErrors.InvalidField("names", $"There are {request.Names.Count}; 1 to {MostInBatch} are got at once.");

        var refs = new string[request.Names.Count];
        for (var i = 0; i < refs.Length; i++)
        {
            var ids = ResourceName.PlanAction.Parse(request.Names[i], $"names[{i}]");
            refs[i] = ids[0] == plan ? ids[1] : throw ApiErrors.InvalidField($"names[{i}]", $"It is an action of another plan than {request.Parent}.");
        }

        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var planId = await db.PlanIdAsync(plan, context.CancellationToken);
        var shown = successors.Now;
        var actions = await db.PlanActions.AsNoTracking()
            .Include(a => a.Theme)
            .Include(a => a.Parent)
            .Where(a => a.PlanId == planId && refs.Contains(a.Ref))
            .ToDictionaryAsync(a => a.Ref, context.CancellationToken);
        return new BatchGetPlanActionsResponse
        {
            PlanActions =
            {
                refs.Select(r => actions.TryGetValue(r, out var action)
                    ? shown.Show(action.ToMessage(plan))
                    : throw ApiErrors.NotFound(ResourceName.PlanAction.Of(plan, r))),
            },
        };
    }

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<PlanAction> CreatePlanAction(CreatePlanActionRequest request, ServerCallContext context) =>
        writes.CreateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<PlanAction> UpdatePlanAction(UpdatePlanActionRequest request, ServerCallContext context) =>
        writes.UpdateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<PlanAction> RetirePlanAction(RetirePlanActionRequest request, ServerCallContext context) =>
        retirement.RetireAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanWrite)]
    public override Task<PlanAction> RestorePlanAction(RestorePlanActionRequest request, ServerCallContext context) =>
        retirement.RestoreAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListPlanActionRevisionsResponse> ListPlanActionRevisions(
        ListPlanActionRevisionsRequest request, ServerCallContext context)
    {
        var ids = ResourceName.PlanAction.Parse(request.Name, "name");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPlanActionRevisions), request.Name);
        var (read, next) = await revisions.ReadAsync(
            request.Name, ids[0], Resources.PlanAction(ids[1]), page, c => c.PlanAction, context.CancellationToken);
        return new ListPlanActionRevisionsResponse
        {
            Revisions = { read.Select(r => new PlanActionRevision { Provenance = r.Provenance, Changes = { r.Changes }, PlanAction = r.State }) },
            NextPageToken = next,
        };
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override Task WatchChanges(
        WatchChangesRequest request, IServerStreamWriter<WatchChangesResponse> responseStream, ServerCallContext context) =>
        watcher.WatchAsync(request, responseStream, context.CancellationToken);
}
