using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Changes;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Partners;

/// <summary>Makes and changes partners.</summary>
internal sealed class PartnerWrites(DirectoryWriter directory)
{
    public Task<Partner> CreateAsync(CreatePartnerRequest request, string caller, CancellationToken cancellationToken)
    {
        var id = ResourceName.CheckId(request.PartnerId, "partner_id");
        var given = request.Partner ?? throw ApiErrors.InvalidField("partner", "It is required.");
        PartnerFields.Check(given, ReferenceData.IsArea);
        return directory.WriteAsync(new WriteCall(request, request.RequestId, request.ValidateOnly, caller), async (db, edit, token) =>
        {
            var others = await db.Partners.AsNoTracking().ToListAsync(token);
            if (others.Exists(p => p.PartnerId == id))
                throw ApiErrors.AlreadyExists(ResourceName.Partner.Of(id));

            CheckNumbers(given, others);
            var entity = new PartnerEntity { PartnerId = id, DisplayName = given.DisplayName, CreateTime = edit.Now };
            entity.Write(given);
            db.Add(entity);
            return edit.Changed(entity);
        }, cancellationToken);
    }

    public Task<Partner> UpdateAsync(UpdatePartnerRequest request, string caller, CancellationToken cancellationToken)
    {
        var given = request.Partner ?? throw ApiErrors.InvalidField("partner", "It is required.");
        var id = ResourceName.Partner.Parse(given.Name, "partner.name")[0];
        var fields = PartnerFields.Changeable.Named(request.UpdateMask, given);
        return directory.WriteAsync(new WriteCall(request, request.RequestId, request.ValidateOnly, caller), async (db, edit, token) =>
        {
            var entity = await db.Partners.SingleOrDefaultAsync(p => p.PartnerId == id, token) ?? throw ApiErrors.NotFound(given.Name);
            Etags.Check(given.Name, given.Etag, entity.Revision);
            var before = entity.ToMessage();
            var changed = before.Clone();
            PartnerFields.Changeable.Merge(changed, given, fields);
            KeepName(before, changed, DateOnly.FromDateTime(edit.Now).AddDays(-1));
            PartnerFields.Check(changed, ReferenceData.IsArea);
            CheckNumbers(changed, await db.Partners.AsNoTracking().Where(p => p.PartnerId != id).ToListAsync(token));
            if (changed.Equals(before))
                return before;

            entity.Write(changed);
            return edit.Changed(entity);
        }, cancellationToken);
    }

    // The name that it had becomes a former one, unless the caller says otherwise, or it was in use on no earlier day.
    private static void KeepName(Partner before, Partner changed, DateOnly yesterday)
    {
        if (before.DisplayName == changed.DisplayName || !before.FormerNames.Equals(changed.FormerNames))
            return;

        var first = before.FormerNames.LastOrDefault()?.EndDate.AsDay()?.AddDays(1) ?? before.StartDate.AsDay();
        if (!(first > yesterday))
            changed.FormerNames.Add(new FormerName { DisplayName = before.DisplayName, ShortName = before.ShortName, EndDate = yesterday.ToDate() });
    }

    private static void CheckNumbers(Partner partner, List<PartnerEntity> others)
    {
        List<FieldError> errors = [];
        for (var i = 0; i < partner.Identifiers.Count; i++)
        {
            var number = new PartnerNumber(partner.Identifiers[i].Scheme, partner.Identifiers[i].Value);
            if (others.Find(p => p.Numbers.Contains(number)) is { } other)
                errors.Add(new FieldError($"partner.identifiers[{i}]", $"{number.Scheme} {number.Value} is {ResourceName.Partner.Of(other.PartnerId)}."));
            else if (partner.Identifiers.Take(i).Contains(partner.Identifiers[i]))
                errors.Add(new FieldError($"partner.identifiers[{i}]", "It is there twice."));
        }

        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }
}
