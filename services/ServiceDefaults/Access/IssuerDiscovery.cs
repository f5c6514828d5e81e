using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>Finds the issuer's keys by its discovery document: of the suite's own issuer, or of one outside.</summary>
internal sealed class IssuerDiscovery(IOptions<AccessOptions> access, IHttpClientFactory http) : IIssuerKeySource
{
    private const string Client = "issuer";

    public static void AddTo(IServiceCollection services)
    {
        services.AddHttpClient(Client).AddServiceDiscovery();
        services.AddSingleton<IssuerDiscovery>();
        services.AddSingleton<IIssuerKeySource>(s => s.GetRequiredService<IssuerDiscovery>());
    }

    private bool Outside => access.Value.Authority.Length > 0;

    private Uri Issuer => new(Outside ? $"{access.Value.Authority.TrimEnd('/')}/" : $"{ServiceAddress.Http("partners")}/");

    public async Task<IssuerKeySet> ReadAsync(CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(Client);
        var document = await DocumentAsync(client, cancellationToken);
        var keys = new JsonWebKeySet(await client.GetStringAsync(Reachable(document.JwksUri), cancellationToken));
        return new IssuerKeySet(Outside ? document.Issuer : access.Value.Issuer.AbsoluteUri, [.. keys.GetSigningKeys()]);
    }

    /// <summary>Where tokens are asked for.</summary>
    public async Task<Uri> TokenEndpointAsync(HttpClient client, CancellationToken cancellationToken) =>
        Outside ? new Uri((await DocumentAsync(client, cancellationToken)).TokenEndpoint) : new Uri(Issuer, "connect/token");

    private async Task<OpenIdConnectConfiguration> DocumentAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var document = await client.GetStringAsync(new Uri(Issuer, ".well-known/openid-configuration"), cancellationToken);
        return OpenIdConnectConfiguration.Create(document);
    }

    // The addresses within the suite's document are those that its clients know; here it is read where the document is.
    private Uri Reachable(string address)
    {
        var uri = new Uri(address);
        return Outside ? uri : new Uri(Issuer, uri.PathAndQuery);
    }
}
