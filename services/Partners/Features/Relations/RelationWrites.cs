using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Changes;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Partners.Features.Relations;

/// <summary>Adds and ends relations.</summary>
internal sealed class RelationWrites(DirectoryWriter directory)
{
    public Task<Relation> AddAsync(AddRelationRequest request, string caller, CancellationToken cancellationToken)
    {
        var given = request.Relation ?? throw ApiErrors.InvalidField("relation", "It is required.");
        Check(given);
        return directory.WriteAsync(new WriteCall(request, request.RequestId, request.ValidateOnly, caller), async (db, edit, token) =>
        {
            await RequireAsync(db, given.Partner, "relation.partner", token);
            await RequireAsync(db, given.Other, "relation.other", token);
            var relations = await db.Relations.AsNoTracking().ToListAsync(token);
            var entity = given.ToEntity($"r{edit.Revision}", edit.Now);
            if (RelationRules.Duplicate(entity, relations) is { } same)
                throw ApiErrors.AlreadyExists(ResourceName.Relation.Of(same.RelationId));
            if (RelationRules.Cycle(entity, relations) is { } path)
                throw Cyclic(path);

            db.Add(entity);
            return edit.Changed(entity);
        }, cancellationToken);
    }

    public Task<Relation> EndAsync(EndRelationRequest request, string caller, CancellationToken cancellationToken)
    {
        var id = ResourceName.Relation.Parse(request.Name, "name")[0];
        List<FieldError> errors = [];
        if (Dates.Read(request.EndDate, "end_date", errors) is not { } last)
            throw ApiErrors.InvalidField("end_date", errors.Count > 0 ? errors[0].Description : "It is required.");

        return directory.WriteAsync(new WriteCall(request, request.RequestId, request.ValidateOnly, caller), async (db, edit, token) =>
        {
            var entity = await db.Relations.SingleOrDefaultAsync(r => r.RelationId == id, token) ?? throw ApiErrors.NotFound(request.Name);
            Etags.Check(request.Name, request.Etag, entity.Revision);
            if (entity.EndDate is { } ended)
            {
                throw new ApiException(StatusCode.FailedPrecondition, ErrorReason.Ended, $"{request.Name} has ended on {ended:yyyy-MM-dd}.")
                    .With("resource", request.Name);
            }

            if (last < entity.StartDate)
                throw ApiErrors.InvalidField("end_date", $"It is before the relation's first day, {entity.StartDate:yyyy-MM-dd}.");

            entity.EndDate = last;
            return edit.Changed(entity);
        }, cancellationToken);
    }

    private static void Check(Relation relation)
    {
        List<FieldError> errors = [];
        if (relation.Kind == Kind.Unspecified || !Enum.IsDefined(relation.Kind))
            errors.Add(new FieldError("relation.kind", "It is required: what the one is to the other."));
        Partner(relation.Partner, "relation.partner");
        Partner(relation.Other, "relation.other");
        if (relation.Partner.Length > 0 && relation.Partner == relation.Other)
            errors.Add(new FieldError("relation.other", "It is the partner itself."));
        var first = Dates.Read(relation.StartDate, "relation.start_date", errors);
        if (first is null && relation.Kind == Kind.SucceededBy && errors.TrueForAll(e => e.Field != "relation.start_date"))
            errors.Add(new FieldError("relation.start_date", "It is required: the day on which the other took the partner's place."));
        if (Dates.Read(relation.EndDate, "relation.end_date", errors) < first)
            errors.Add(new FieldError("relation.end_date", "It is before the first day."));
        if (string.IsNullOrWhiteSpace(relation.Source) || relation.Source.Length > RelationEntity.MaximumSource)
            errors.Add(new FieldError("relation.source", $"It is required, at most {RelationEntity.MaximumSource} characters: where it is said."));
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);

        void Partner(string name, string field)
        {
            if (ResourceName.Partner.TryParse(name) is null)
                errors.Add(new FieldError(field, $"It is required: {ResourceName.Partner.Pattern}."));
        }
    }

    private static async Task RequireAsync(PartnersContext db, string partner, string field, CancellationToken cancellationToken)
    {
        var id = ResourceName.Partner.TryParse(partner)![0];
        if (!await db.Partners.AnyAsync(p => p.PartnerId == id, cancellationToken))
            throw ApiErrors.InvalidField(field, $"There is no {partner}.");
    }

    private static ApiException Cyclic(IReadOnlyList<string> path)
    {
        var names = string.Join(" → ", path.Select(id => ResourceName.Partner.Of(id)));
        return new ApiException(StatusCode.FailedPrecondition, ErrorReason.Cycle, $"The relation would close a circle: {names}.")
        {
            Fields = [new FieldError("relation.other", "It stands below the partner already.")],
        }.With("path", string.Join(' ', path.Select(id => ResourceName.Partner.Of(id))));
    }
}
