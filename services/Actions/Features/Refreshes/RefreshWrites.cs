using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Outcome = PlanServices.Actions.V1.Decision.Types.Outcome;
using State = PlanServices.Actions.V1.PlanRefresh.Types.State;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>Proposes refreshes, and enacts those that a board endorses.</summary>
internal sealed class RefreshWrites(PlanWriter plans)
{
    private static readonly FieldSet<PlanRefresh> Changeable = new(
        ("display_name", r => r.DisplayName.Length > 0, (to, from) => to.DisplayName = from.DisplayName),
        ("paper", r => r.Paper is not null, (to, from) => to.Paper = from.Paper),
        ("recommendation", r => r.Recommendation.Length > 0, (to, from) => to.Recommendation = from.Recommendation),
        ("items", r => r.Items.Count > 0, (to, from) => FieldSet.Replace(to.Items, from.Items)));

    public Task<PlanRefresh> CreateAsync(CreatePlanRefreshRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var slug = ResourceName.CheckId(request.PlanRefreshId, "plan_refresh_id");
        var refresh = request.PlanRefresh ?? throw ApiErrors.InvalidField("plan_refresh", "It is required.");
        RefreshRules.Check(refresh);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, plan, async (db, edit, token) =>
        {
            if (await db.PlanRefreshes.AnyAsync(r => r.PlanId == edit.Plan.Id && r.Slug == slug, token))
                throw ApiErrors.AlreadyExists(ResourceName.PlanRefresh.Of(plan, slug));

            await TryAsync(db, edit, refresh, token);
            var proposed = refresh.Clone();
            proposed.State = State.Proposed;
            proposed.Decisions.Clear();
            proposed.WithdrawReason = "";
            var entity = new PlanRefreshEntity { Plan = edit.Plan, Slug = slug, Content = RefreshMapping.Content(proposed), CreateTime = edit.Now };
            db.Add(entity);
            edit.Changed(entity);
            return entity.ToMessage(plan);
        }, cancellationToken);
    }

    public Task<PlanRefresh> UpdateAsync(UpdatePlanRefreshRequest request, string caller, CancellationToken cancellationToken)
    {
        var given = request.PlanRefresh ?? throw ApiErrors.InvalidField("plan_refresh", "It is required.");
        var ids = ResourceName.PlanRefresh.Parse(given.Name, "plan_refresh.name");
        var fields = Changeable.Named(request.UpdateMask, given);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return WriteAsync(call, ids, given.Etag, async (db, edit, refresh, token) =>
        {
            Changeable.Merge(refresh, given, fields);
            RefreshRules.Check(refresh);
            await TryAsync(db, edit, refresh, token);
            return "";
        }, cancellationToken);
    }

    public Task<PlanRefresh> DecideAsync(RecordDecisionRequest request, string caller, CancellationToken cancellationToken)
    {
        var decision = request.Decision?.Clone() ?? throw ApiErrors.InvalidField("decision", "It is required.");
        RefreshRules.Check(decision);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        call = call with
        {
            Origin = call.Origin with { Source = new ChangeSource { Kind = ChangeSource.Types.Kind.Refresh, Refresh = request.Name } },
        };
        return WriteAsync(call, ResourceName.PlanRefresh.Parse(request.Name, "name"), request.Etag, async (db, edit, refresh, token) =>
        {
            decision.RecordTime = Timestamp.FromDateTime(edit.Now);
            refresh.Decisions.Add(decision);
            refresh.State = decision.Outcome switch
            {
                Outcome.Endorsed => State.Enacted,
                Outcome.Deferred => State.Proposed,
                _ => State.Closed,
            };
            if (decision.Outcome == Outcome.Endorsed)
                await EnactAsync(db, edit, refresh, token);
            return decision.Note;
        }, cancellationToken);
    }

    public Task<PlanRefresh> WithdrawAsync(WithdrawPlanRefreshRequest request, string caller, CancellationToken cancellationToken)
    {
        var reason = Reasons.Check(request.Reason);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return WriteAsync(call, ResourceName.PlanRefresh.Parse(request.Name, "name"), request.Etag, (_, _, refresh, _) =>
        {
            (refresh.State, refresh.WithdrawReason) = (State.Withdrawn, reason);
            return Task.FromResult(reason);
        }, cancellationToken);
    }

    // INVALID_ARGUMENT where the plan as it is does not let an item be made.
    private static async Task TryAsync(ActionsContext db, PlanEdit edit, PlanRefresh refresh, CancellationToken cancellationToken)
    {
        var enactment = await Enactment.LoadAsync(db, edit, cancellationToken);
        if (enactment.Try(refresh.Items, "plan_refresh.items") is { Count: > 0 } errors)
            throw ApiErrors.InvalidFields(errors);
    }

    // A write to a refresh that is proposed; the change answers with its reason.
    private Task<PlanRefresh> WriteAsync(
        WriteCall call,
        string[] ids,
        string etag,
        Func<ActionsContext, PlanEdit, PlanRefresh, CancellationToken, Task<string>> change,
        CancellationToken cancellationToken)
    {
        var name = ResourceName.PlanRefresh.Of(ids[0], ids[1]);
        return plans.WriteAsync(call, ids[0], async (db, edit, token) =>
        {
            var entity = await db.PlanRefreshes.SingleOrDefaultAsync(r => r.PlanId == edit.Plan.Id && r.Slug == ids[1], token)
                ?? throw ApiErrors.NotFound(name);
            Etags.Check(name, etag, entity.Revision);
            var refresh = entity.ToMessage(ids[0]);
            if (refresh.State != State.Proposed)
                throw Closed(refresh);

            var before = refresh.Clone();
            var reason = await change(db, edit, refresh, token);
            if (refresh.Equals(before))
                return before;

            entity.Write(refresh);
            edit.Changed(entity, reason);
            return entity.ToMessage(ids[0]);
        }, cancellationToken);
    }

    private static async Task EnactAsync(ActionsContext db, PlanEdit edit, PlanRefresh refresh, CancellationToken cancellationToken)
    {
        var enactment = await Enactment.LoadAsync(db, edit, cancellationToken);
        if (enactment.Try(refresh.Items, "items") is { Count: > 0 } errors)
        {
            throw new ApiException(
                StatusCode.FailedPrecondition,
                ErrorReason.RefreshNotPossible,
                $"The plan has changed since {refresh.Name} was proposed: {errors[0].Field}: {errors[0].Description}")
            {
                Fields = errors,
            }.With("resource", refresh.Name);
        }

        enactment.Write();
    }

    private static ApiException Closed(PlanRefresh refresh) => StateErrors.NotAllowed(
        refresh.Name,
        $"{refresh.Name} was {(refresh.State == State.Withdrawn ? "withdrawn" : "decided already")}.",
        $"STATE_{refresh.State.ToString().ToUpperInvariant()}",
        "STATE_PROPOSED");
}
