using Google.Protobuf.WellKnownTypes;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using SecretMessage = PlanServices.Partners.V1.ClientSecret;

namespace PlanServices.Partners.Features.Clients;

/// <summary>API clients in the contract and in the database.</summary>
internal static class ClientMapping
{
    public static ApiClient ToMessage(this ApiClientEntity client, DateTime now) => new()
    {
        Name = ResourceName.ApiClient.Of(client.ClientId),
        DisplayName = client.DisplayName,
        Partner = client.Partner,
        Scopes = { client.Scopes },
        Secrets =
        {
            client.Secrets.Where(s => s.IsValid(now)).OrderByDescending(s => s.Id).Select(s => new SecretMessage
            {
                Hint = s.Hint,
                CreateTime = Timestamp.FromDateTime(s.CreateTime),
                ExpireTime = s.ExpireTime is { } end ? Timestamp.FromDateTime(end) : null,
            }),
        },
        CreateTime = Timestamp.FromDateTime(client.CreateTime),
        UpdateTime = Timestamp.FromDateTime(client.UpdateTime),
        Etag = Etags.Of(client.Version),
    };

    public static bool IsValid(this ClientSecretEntity secret, DateTime now) => !(secret.ExpireTime <= now);
}
