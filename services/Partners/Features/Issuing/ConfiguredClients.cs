using Microsoft.Extensions.Options;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Partners.Features.Issuing;

/// <summary>The clients that the settings make, and in Development the well-known one.</summary>
internal sealed class ConfiguredClients(IOptions<IssuerOptions> options, IHostEnvironment environment)
{
    public const int LeastSecret = 16;

    private static readonly ConfiguredClientOptions Development = new()
    {
        Secret = DevelopmentClient.Secret,
        Scopes = Scopes.All,
        Partner = Caller.EveryPartner,
    };

    public ConfiguredClientOptions? Find(string id) => options.Value.Clients.GetValueOrDefault(id)
        ?? (environment.IsDevelopment() && id == DevelopmentClient.Id ? Development : null);

    /// <summary>What is wrong with the clients of the settings; null where nothing is.</summary>
    public static string? Problem(IssuerOptions options, bool development)
    {
        foreach (var (id, client) in options.Clients)
        {
            var setting = $"{IssuerOptions.Section}:{nameof(IssuerOptions.Clients)}:{id}";
            if (!development && DevelopmentClient.IsWellKnown(client.Secret))
                return $"{setting} has the well-known secret of Development; outside Development nobody may have it.";
            if (!DevelopmentClient.IsWellKnown(client.Secret) && client.Secret.Length is < LeastSecret or > Clients.ClientSecret.MostCharacters)
                return $"{setting}:Secret has {LeastSecret} to {Clients.ClientSecret.MostCharacters} characters; try 'openssl rand -base64 32'.";
            if (client.Scopes.Count == 0 || client.Scopes.Except(Scopes.All).Any())
                return $"{setting}:Scopes takes some of {string.Join(", ", Scopes.All)}.";
        }

        return null;
    }
}
