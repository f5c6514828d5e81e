using Google.Protobuf.WellKnownTypes;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Reviews;

/// <summary>An entry of the review list as a message.</summary>
internal static class LeadReviewMapping
{
    public static LeadReview ToMessage(this LeadReviewEntity entity) => new()
    {
        Text = entity.Text,
        State = entity.State,
        Partner = entity.PartnerId.Length == 0 ? "" : ResourceName.Partner.Of(entity.PartnerId),
        Area = ResourceName.PoliceArea.Of(entity.Area),
        Candidates = { entity.Candidates.Select(c => ResourceName.Partner.Of(c)) },
        Count = entity.Count,
        CreateTime = Timestamp.FromDateTime(entity.CreateTime),
        UpdateTime = Timestamp.FromDateTime(entity.UpdateTime),
        Caller = entity.Caller,
        Etag = Etags.Of(entity.Revision),
    };
}
