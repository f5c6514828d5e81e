using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

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
        Withheld = { update.Withheld.Select(w => new WithheldField { Field = w.Field, Reason = w.Reason }) },
        CarriedOverFrom = update.CarriedOverFrom.Length == 0 ? "" : ResourceName.Period.Of(planSlug, update.CarriedOverFrom),
        ReturnReason = update.ReturnReason,
        SubmitTime = update.SubmitTime is { } submitted ? Timestamp.FromDateTime(submitted) : null,
        Source = update.Source is { } source ? UpdateSource.Parser.ParseFrom(source) : null,
        CreateTime = Timestamp.FromDateTime(update.CreateTime),
        UpdateTime = Timestamp.FromDateTime(update.UpdateTime),
        Etag = Etags.Of(update.Revision),
        Revision = update.Revision,
    };
}
