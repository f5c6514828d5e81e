using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>What a client shows to the issuer.</summary>
internal sealed record ClientCredentials(string Id, string Secret);

/// <summary>A client's access token: got by OAuth 2.0 client credentials, and another before it ends.</summary>
internal sealed class ClientToken(
    ClientCredentials credentials, IssuerDiscovery issuer, IOptions<AccessOptions> access, IHttpClientFactory http, TimeProvider time)
{
    /// <summary>The HTTP client that tokens are fetched with.</summary>
    public const string HttpClientName = "client token";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _getting = new();
    private volatile Token? _token;
    private Task<string>? _fetch;

    /// <exception cref="HttpRequestException">The issuer is out of reach, or refuses the client.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Good() is { } held)
            return held;

        Task<string> fetch;
        lock (_getting)
        {
            if (_fetch is null or { IsCompleted: true })
                _fetch = FetchAsync();
            fetch = _fetch;
        }

        return await fetch.WaitAsync(cancellationToken);
    }

    /// <summary>The token was refused: the next call gets another.</summary>
    public void Drop(string token)
    {
        if (_token is { } held && held.Text == token)
            _token = null;
    }

    private string? Good() => _token is { } token && time.GetUtcNow() < token.RenewAt ? token.Text : null;

    private async Task<string> FetchAsync()
    {
        using var client = http.CreateClient(HttpClientName);
        client.Timeout = Patience;
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = credentials.Id,
            ["client_secret"] = credentials.Secret,
        };
        if (access.Value.ClientScope.Length > 0)
            form["scope"] = access.Value.ClientScope;

        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var response = await client.PostAsync(await issuer.TokenEndpointAsync(client, CancellationToken.None), content);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<Answer>() ?? throw new HttpRequestException("The issuer answered nothing.");
            _token = new Token(answer.AccessToken, time.GetUtcNow() + 0.8 * TimeSpan.FromSeconds(answer.ExpiresIn));
            return answer.AccessToken;
        }
        catch (TaskCanceledException e)
        {
            throw new HttpRequestException($"The issuer did not answer within {Patience.TotalSeconds:N0} seconds.", e);
        }
    }

    private sealed record Token(string Text, DateTimeOffset RenewAt);

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
