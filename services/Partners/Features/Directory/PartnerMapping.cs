using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Partners.Features.Directory;

/// <summary>A directory entry between its stored form and its message.</summary>
internal static class PartnerMapping
{
    /// <summary>The message of an entry that was read with its aliases and numbers.</summary>
    public static Partner ToMessage(PartnerEntity entity) => new()
    {
        Name = ResourceName.Partner.Of(entity.PartnerId),
        DisplayName = entity.DisplayName,
        ShortName = entity.ShortName,
        Kind = entity.Kind,
        Aliases = { entity.Aliases.OrderBy(a => a.Position).Select(a => a.Text) },
        Identifiers =
        {
            entity.Numbers
                .OrderBy(n => n.Scheme, StringComparer.Ordinal)
                .ThenBy(n => n.Value, StringComparer.Ordinal)
                .Select(n => new PartnerIdentifier { Scheme = n.Scheme, Value = n.Value }),
        },
        WebUri = entity.WebUri,
        Description = entity.Description,
        CreateTime = Timestamp.FromDateTime(entity.CreateTime),
        UpdateTime = Timestamp.FromDateTime(entity.UpdateTime),
        Etag = entity.Etag.ToString(CultureInfo.InvariantCulture),
        Revision = entity.Revision,
    };

    /// <summary>A new entry with what a caller may say of it; its output-only fields are the writer's to set.</summary>
    public static PartnerEntity ToEntity(Partner message, string partnerId, long revision, DateTime now)
    {
        var entity = new PartnerEntity
        {
            PartnerId = partnerId,
            DisplayName = message.DisplayName,
            ShortName = message.ShortName,
            Kind = message.Kind,
            WebUri = message.WebUri,
            Description = message.Description,
            CreateTime = now,
            UpdateTime = now,
            Etag = 1,
            Revision = revision,
        };
        entity.Aliases.AddRange(message.Aliases.Select((text, i) => new PartnerAlias { Position = i, Text = text }));
        entity.Numbers.AddRange(message.Identifiers.Select(n => new PartnerNumber { Scheme = n.Scheme, Value = n.Value }));
        return entity;
    }
}
