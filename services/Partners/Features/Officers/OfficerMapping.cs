using Google.Protobuf.WellKnownTypes;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Officers;

/// <summary>An officer between the stored form and the message. The entity's partner must be loaded.</summary>
internal static class OfficerMapping
{
    public static Officer ToMessage(this OfficerEntity entity) => new()
    {
        Name = ResourceName.Officer.Of(entity.Partner.PartnerId, entity.OfficerId),
        Initials = entity.Initials,
        Role = entity.Role,
        FullName = entity.FullName,
        StartDate = entity.StartDate?.ToDate(),
        EndDate = entity.EndDate?.ToDate(),
        CreateTime = Timestamp.FromDateTime(entity.CreateTime),
        UpdateTime = Timestamp.FromDateTime(entity.UpdateTime),
        Etag = Etags.Of(entity.Revision),
        Revision = entity.Revision,
    };

    /// <summary>Writes what a caller may say of an officer, checked before, into the stored form.</summary>
    public static void Write(this OfficerEntity entity, Officer message)
    {
        entity.Initials = message.Initials;
        entity.Role = message.Role;
        entity.FullName = message.FullName;
        entity.StartDate = message.StartDate.AsDay();
        entity.EndDate = message.EndDate.AsDay();
    }
}
