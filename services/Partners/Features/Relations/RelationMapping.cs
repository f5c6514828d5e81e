using Google.Protobuf.WellKnownTypes;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Relations;

/// <summary>A relation between its stored form and its message.</summary>
internal static class RelationMapping
{
    public static Relation ToMessage(this RelationEntity entity) => new()
    {
        Name = ResourceName.Relation.Of(entity.RelationId),
        Kind = entity.Kind,
        Partner = ResourceName.Partner.Of(entity.PartnerId),
        Other = ResourceName.Partner.Of(entity.OtherId),
        StartDate = entity.StartDate?.ToDate(),
        EndDate = entity.EndDate?.ToDate(),
        Source = entity.Source,
        CreateTime = Timestamp.FromDateTime(entity.CreateTime),
        UpdateTime = Timestamp.FromDateTime(entity.UpdateTime),
        Etag = Etags.Of(entity.Revision),
        Revision = entity.Revision,
    };

    /// <summary>The stored form of a relation, checked before.</summary>
    public static RelationEntity ToEntity(this Relation message, string id, DateTime now) => new()
    {
        RelationId = id,
        Kind = message.Kind,
        PartnerId = ResourceName.Partner.TryParse(message.Partner)![0],
        OtherId = ResourceName.Partner.TryParse(message.Other)![0],
        StartDate = message.StartDate.AsDay(),
        EndDate = message.EndDate.AsDay(),
        Source = message.Source,
        CreateTime = now,
    };
}
