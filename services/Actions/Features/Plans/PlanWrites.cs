using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Plans;

/// <summary>Makes and changes plans.</summary>
internal sealed class PlanWrites(SingleWriter<ActionsContext> writer, PlanWriter plans, TimeProvider time)
{
    private static readonly FieldSet<Plan> Changeable = new(
        ("display_name", p => p.DisplayName.Length > 0, (to, from) => to.DisplayName = from.DisplayName),
        ("description", p => p.Description.Length > 0, (to, from) => to.Description = from.Description),
        ("owner", p => p.Owner.Length > 0, (to, from) => to.Owner = from.Owner),
        ("status_scheme", p => p.StatusScheme is not null, CopyScheme));

    public Task<Plan> CreateAsync(CreatePlanRequest request, string caller, CancellationToken cancellationToken)
    {
        var slug = ResourceName.CheckId(request.PlanId, "plan_id");
        var plan = request.Plan ?? throw ApiErrors.InvalidField("plan", "It is required.");
        Check(plan);
        var now = time.GetUtcNow().UtcDateTime;
        return writer.WriteAsync(
            (db, token) => RequestIds.OnceAsync(db, request.RequestId, nameof(PlanService.PlanServiceBase.CreatePlan), request, now, Write, token),
            cancellationToken);

        async Task<Written<Plan>> Write(ActionsContext db)
        {
            if (await db.PresentPlans.AnyAsync(p => p.Slug == slug, cancellationToken))
                throw ApiErrors.AlreadyExists(ResourceName.Plan.Of(slug));

            var scheme = plan.StatusScheme is { Statuses.Count: > 0 } given ? given.Clone() : StatusSchemes.Usual();
            scheme.Version = 1;
            var entity = await MakeAsync(db, slug, plan.DisplayName, now, cancellationToken);
            entity.Description = plan.Description;
            entity.Owner = plan.Owner;
            entity.StatusScheme = scheme.ToByteArray();
            var edit = new PlanEdit(db, entity, Origin.Api(caller, now));
            edit.PlanChanged();
            await edit.SaveAsync(cancellationToken);
            return new Written<Plan>(entity.ToMessageWithHead(edit.Head), Keep: !request.ValidateOnly);
        }
    }

    public Task<Plan> UpdateAsync(UpdatePlanRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = request.Plan ?? throw ApiErrors.InvalidField("plan", "It is required.");
        var slug = ResourceName.Plan.Parse(plan.Name, "plan.name")[0];
        var fields = Changeable.Named(request.UpdateMask, plan);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, slug, async (_, edit, _) =>
        {
            var entity = edit.Plan;
            Etags.Check(plan.Name, plan.Etag, entity.Revision);
            var before = entity.ToMessage();
            var changed = before.Clone();
            Changeable.Merge(changed, plan, fields);
            Check(changed);
            if (!changed.Equals(before))
            {
                entity.DisplayName = changed.DisplayName;
                entity.Description = changed.Description;
                entity.Owner = changed.Owner;
                entity.StatusScheme = changed.StatusScheme.ToByteArray();
                edit.PlanChanged();
            }

            return entity.ToMessageWithHead(edit.Head);
        }, cancellationToken);
    }

    /// <summary>A plan with the usual scheme, not yet in any log; where one of this id was deleted, it takes its place.</summary>
    public static async Task<PlanEntity> MakeAsync(
        ActionsContext db, string slug, string displayName, DateTime now, CancellationToken cancellationToken)
    {
        var scheme = StatusSchemes.Usual().ToByteArray();
        if (await db.Plans.SingleOrDefaultAsync(p => p.Slug == slug, cancellationToken) is not { } plan)
            db.Add(plan = new PlanEntity { Slug = slug, DisplayName = displayName, StatusScheme = scheme });

        (plan.DisplayName, plan.Description, plan.Owner, plan.StatusScheme) = (displayName, "", "", scheme);
        (plan.CreateTime, plan.DeleteTime) = (now, null);
        return plan;
    }

    private static void CopyScheme(Plan target, Plan source)
    {
        var scheme = source.StatusScheme is { Statuses.Count: > 0 } given ? given.Clone() : StatusSchemes.Usual();
        scheme.Version = target.StatusScheme.Version;
        if (!scheme.Equals(target.StatusScheme))
            scheme.Version++;
        target.StatusScheme = scheme;
    }

    private static void Check(Plan plan)
    {
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(plan.DisplayName) || plan.DisplayName.Length > 200)
            errors.Add(new FieldError("plan.display_name", "It is required, at most 200 characters."));
        if (plan.Description.Length > 2000)
            errors.Add(new FieldError("plan.description", "It is over 2,000 characters."));
        errors.AddWrong("plan.display_name", plan.DisplayName);
        errors.AddWrong("plan.description", plan.Description);
        if (plan.Owner.Length > 0 && ResourceName.Partner.TryParse(plan.Owner) is null)
            errors.Add(new FieldError("plan.owner", $"It is not of the form {ResourceName.Partner.Pattern}."));
        if (plan.StatusScheme is { } scheme)
            errors.AddRange(StatusSchemes.Check(scheme, "plan.status_scheme"));
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }
}
