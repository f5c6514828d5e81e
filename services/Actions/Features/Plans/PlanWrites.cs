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
internal sealed class PlanWrites(SingleWriter<ActionsContext> writer, TimeProvider time)
{
    private static readonly string[] Changeable = ["display_name", "description", "owner", "status_scheme"];

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
            if (await db.Plans.AnyAsync(p => p.Slug == slug, cancellationToken))
                throw ApiErrors.AlreadyExists(ResourceName.Plan.Of(slug));

            var scheme = plan.StatusScheme is { Statuses.Count: > 0 } given ? given.Clone() : StatusSchemes.Usual();
            scheme.Version = 1;
            var entity = New(slug, plan.DisplayName, now);
            entity.Description = plan.Description;
            entity.Owner = plan.Owner;
            entity.StatusScheme = scheme.ToByteArray();
            return await SaveAsync(db, entity, caller, now, !request.ValidateOnly, cancellationToken);
        }
    }

    public Task<Plan> UpdateAsync(UpdatePlanRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = request.Plan ?? throw ApiErrors.InvalidField("plan", "It is required.");
        var slug = ResourceName.Plan.Parse(plan.Name, "plan.name")[0];
        var paths = Paths(request);
        var now = time.GetUtcNow().UtcDateTime;
        return writer.WriteAsync(
            (db, token) => RequestIds.OnceAsync(db, request.RequestId, nameof(PlanService.PlanServiceBase.UpdatePlan), request, now, Write, token),
            cancellationToken);

        async Task<Written<Plan>> Write(ActionsContext db)
        {
            var entity = await db.Plans.SingleOrDefaultAsync(p => p.Slug == slug, cancellationToken)
                ?? throw ApiErrors.NotFound(plan.Name);
            Etags.Check(plan.Name, plan.Etag, entity.Revision);

            var changed = entity.ToMessage();
            Merge(changed, plan, paths);
            Check(changed);
            entity.DisplayName = changed.DisplayName;
            entity.Description = changed.Description;
            entity.Owner = changed.Owner;
            entity.StatusScheme = changed.StatusScheme.ToByteArray();
            if (!db.ChangeTracker.HasChanges())
                return new Written<Plan>(entity.ToMessageWithHead(), Keep: false);

            return await SaveAsync(db, entity, caller, now, !request.ValidateOnly, cancellationToken);
        }
    }

    /// <summary>A plan with the usual scheme, not yet in any log.</summary>
    public static PlanEntity New(string slug, string displayName, DateTime now) => new()
    {
        Slug = slug,
        DisplayName = displayName,
        StatusScheme = StatusSchemes.Usual().ToByteArray(),
        CreateTime = now,
    };

    private static async Task<Written<Plan>> SaveAsync(
        ActionsContext db, PlanEntity entity, string caller, DateTime now, bool keep, CancellationToken cancellationToken)
    {
        if (entity.Id == 0)
            db.Add(entity);

        var edit = new PlanEdit(db, entity, Origin.Api(caller, now));
        edit.PlanChanged();
        await edit.SaveAsync(cancellationToken);
        return new Written<Plan>(entity.ToMessageWithHead(), keep);
    }

    private static string[] Paths(UpdatePlanRequest request)
    {
        var mask = request.UpdateMask?.Paths ?? [];
        if (mask.Count == 0)
        {
            var plan = request.Plan;
            return [.. Changeable.Where(path => path switch
            {
                "display_name" => plan.DisplayName.Length > 0,
                "description" => plan.Description.Length > 0,
                "owner" => plan.Owner.Length > 0,
                _ => plan.StatusScheme is not null,
            })];
        }

        if (mask.Contains("*"))
            return Changeable;

        var wrong = mask.Where(path => !Changeable.Contains(path)).ToArray();
        return wrong.Length == 0 ? [.. mask] : throw ApiErrors.InvalidField(
            "update_mask", $"'{string.Join("', '", wrong)}' cannot be changed; {string.Join(", ", Changeable)} can.");
    }

    private static void Merge(Plan target, Plan source, string[] paths)
    {
        if (paths.Contains("display_name"))
            target.DisplayName = source.DisplayName;
        if (paths.Contains("description"))
            target.Description = source.Description;
        if (paths.Contains("owner"))
            target.Owner = source.Owner;
        if (!paths.Contains("status_scheme"))
            return;

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
        if (plan.Owner.Length > 0 && ResourceName.Partner.TryParse(plan.Owner) is null)
            errors.Add(new FieldError("plan.owner", $"It is not of the form {ResourceName.Partner.Pattern}."));
        if (plan.StatusScheme is { } scheme)
            errors.AddRange(StatusSchemes.Check(scheme, "plan.status_scheme"));
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }
}
