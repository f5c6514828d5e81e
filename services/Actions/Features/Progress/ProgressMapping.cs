using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Progress;

/// <summary>Progress updates as the contract has them. The entity's action and period must be loaded.</summary>
internal static class ProgressMapping
{
    public static ProgressUpdate ToMessage(this ProgressUpdateEntity update, string planSlug) => new()
    {
        Name = ResourceName.ProgressUpdate.Of(planSlug, update.PlanAction.Ref, update.Period.Slug),
        Narrative = update.Narrative,
        Status = update.Status,
        StatusReason = update.StatusReason,
        Direction = update.Direction,
        Opportunities = update.Opportunities,
        EvidenceLinks = { update.EvidenceLinks },
        CrossReferences = { update.CrossReferences.Select(r => ResourceName.PlanAction.Of(planSlug, r)) },
        State = update.State,
        Source = update.Source is { } source ? UpdateSource.Parser.ParseFrom(source) : null,
        CreateTime = Timestamp.FromDateTime(update.CreateTime),
        UpdateTime = Timestamp.FromDateTime(update.UpdateTime),
        Etag = update.Etag.ToString(CultureInfo.InvariantCulture),
        Revision = update.Revision,
    };
}
