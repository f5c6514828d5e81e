using Google.Protobuf.WellKnownTypes;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Partners;

/// <summary>A partner between its stored form and its message.</summary>
internal static class PartnerMapping
{
    public static Partner ToMessage(this PartnerEntity entity) => new()
    {
        Name = ResourceName.Partner.Of(entity.PartnerId),
        DisplayName = entity.DisplayName,
        ShortName = entity.ShortName,
        Kind = entity.Kind,
        Aliases = { entity.Aliases },
        Identifiers = { entity.Numbers.Select(n => new PartnerIdentifier { Scheme = n.Scheme, Value = n.Value }) },
        WebUri = entity.WebUri,
        Description = entity.Description,
        FormerNames =
        {
            entity.FormerNames.Select(n => new FormerName
            {
                DisplayName = n.DisplayName, ShortName = n.ShortName, StartDate = n.StartDate?.ToDate(), EndDate = n.EndDate.ToDate(),
            }),
        },
        StartDate = entity.StartDate?.ToDate(),
        EndDate = entity.EndDate?.ToDate(),
        Area = entity.Area.Length == 0 ? "" : ResourceName.PoliceArea.Of(entity.Area),
        CreateTime = Timestamp.FromDateTime(entity.CreateTime),
        UpdateTime = Timestamp.FromDateTime(entity.UpdateTime),
        Etag = Etags.Of(entity.Revision),
        Revision = entity.Revision,
    };

    /// <summary>Writes what a caller may say of a partner, checked before, into its stored form.</summary>
    public static void Write(this PartnerEntity entity, Partner message)
    {
        entity.DisplayName = message.DisplayName;
        entity.ShortName = message.ShortName;
        entity.Kind = message.Kind;
        entity.Aliases = [.. message.Aliases];
        entity.Numbers = [.. message.Identifiers.Select(n => new PartnerNumber(n.Scheme, n.Value))];
        entity.WebUri = message.WebUri;
        entity.Description = message.Description;
        entity.FormerNames =
        [
            .. message.FormerNames.Select(n => new PartnerFormerName(n.DisplayName, n.ShortName, n.StartDate.AsDay(), n.EndDate.AsDay()!.Value)),
        ];
        entity.StartDate = message.StartDate.AsDay();
        entity.EndDate = message.EndDate.AsDay();
        entity.Area = message.Area.Length == 0 ? "" : ResourceName.PoliceArea.TryParse(message.Area)![0];
    }
}
