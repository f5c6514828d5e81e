using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>Refreshes as the contract has them.</summary>
internal static class RefreshMapping
{
    public static PlanRefresh ToMessage(this PlanRefreshEntity refresh, string plan)
    {
        var message = PlanRefresh.Parser.ParseFrom(refresh.Content);
        message.Name = ResourceName.PlanRefresh.Of(plan, refresh.Slug);
        message.CreateTime = Timestamp.FromDateTime(refresh.CreateTime);
        message.UpdateTime = Timestamp.FromDateTime(refresh.UpdateTime);
        message.Etag = Etags.Of(refresh.Revision);
        message.Revision = refresh.Revision;
        return message;
    }

    /// <summary>Stores a message without what the entity has in columns.</summary>
    public static void Write(this PlanRefreshEntity refresh, PlanRefresh message) => refresh.Content = Content(message);

    public static byte[] Content(PlanRefresh message)
    {
        var content = new PlanRefresh
        {
            DisplayName = message.DisplayName,
            Paper = message.Paper,
            Recommendation = message.Recommendation,
            Items = { message.Items.Clone() },
            State = message.State,
            Decisions = { message.Decisions },
            WithdrawReason = message.WithdrawReason,
        };
        // Who took a body's place is the directory's to say.
        foreach (var lead in content.Items.SelectMany(i => i.AddAction?.DeliveryLeads ?? []))
            lead.Successors.Clear();
        return content.ToByteArray();
    }
}
