using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Changes;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Officers;

/// <summary>Makes and changes officers.</summary>
internal sealed partial class OfficerWrites(DirectoryWriter directory)
{
    private static readonly FieldSet<Officer> Changeable = new(
        ("initials", o => o.Initials.Length > 0, (to, from) => to.Initials = from.Initials),
        ("role", o => o.Role.Length > 0, (to, from) => to.Role = from.Role),
        ("full_name", o => o.FullName.Length > 0, (to, from) => to.FullName = from.FullName),
        ("start_date", o => o.StartDate is not null, (to, from) => to.StartDate = from.StartDate),
        ("end_date", o => o.EndDate is not null, (to, from) => to.EndDate = from.EndDate));

    public Task<Officer> CreateAsync(CreateOfficerRequest request, string caller, CancellationToken cancellationToken)
    {
        var partnerId = ResourceName.Partner.Parse(request.Parent, "parent")[0];
        var id = ResourceName.CheckId(request.OfficerId, "officer_id");
        var given = request.Officer ?? throw ApiErrors.InvalidField("officer", "It is required.");
        Check(given);
        return directory.WriteAsync(new WriteCall(request, request.RequestId, request.ValidateOnly, caller), async (db, edit, token) =>
        {
            var partner = await db.Partners.SingleOrDefaultAsync(p => p.PartnerId == partnerId, token) ?? throw ApiErrors.NotFound(request.Parent);
            if (await db.Officers.AnyAsync(o => o.PartnerKey == partner.Id && o.OfficerId == id, token))
                throw ApiErrors.AlreadyExists(ResourceName.Officer.Of(partnerId, id));

            var entity = new OfficerEntity { Partner = partner, OfficerId = id, Initials = given.Initials, CreateTime = edit.Now };
            entity.Write(given);
            db.Add(entity);
            return edit.Changed(entity);
        }, cancellationToken);
    }

    public Task<Officer> UpdateAsync(UpdateOfficerRequest request, string caller, CancellationToken cancellationToken)
    {
        var given = request.Officer ?? throw ApiErrors.InvalidField("officer", "It is required.");
        var ids = ResourceName.Officer.Parse(given.Name, "officer.name");
        var (partnerId, id) = (ids[0], ids[1]);
        var fields = Changeable.Named(request.UpdateMask, given);
        return directory.WriteAsync(new WriteCall(request, request.RequestId, request.ValidateOnly, caller), async (db, edit, token) =>
        {
            var entity = await db.Officers.Include(o => o.Partner)
                .SingleOrDefaultAsync(o => o.Partner.PartnerId == partnerId && o.OfficerId == id, token) ?? throw ApiErrors.NotFound(given.Name);
            Etags.Check(given.Name, given.Etag, entity.Revision);
            var before = entity.ToMessage();
            var changed = before.Clone();
            Changeable.Merge(changed, given, fields);
            Check(changed);
            if (changed.Equals(before))
                return before;

            entity.Write(changed);
            return edit.Changed(entity);
        }, cancellationToken);
    }

    private static void Check(Officer officer)
    {
        List<FieldError> errors = [];
        if (!Initials().IsMatch(officer.Initials))
            errors.Add(new FieldError("officer.initials", "It is required: 1 to 10 letters."));
        if (officer.Role.Length > PartnerEntity.MaximumName)
            errors.Add(new FieldError("officer.role", $"It has over {PartnerEntity.MaximumName} characters."));
        if (officer.FullName.Length > PartnerEntity.MaximumName)
            errors.Add(new FieldError("officer.full_name", $"It has over {PartnerEntity.MaximumName} characters."));
        var first = Dates.Read(officer.StartDate, "officer.start_date", errors);
        if (Dates.Read(officer.EndDate, "officer.end_date", errors) < first)
            errors.Add(new FieldError("officer.end_date", "It is before the first day."));
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }

    [GeneratedRegex("^\\p{L}{1,10}\\z")]
    private static partial Regex Initials();
}
