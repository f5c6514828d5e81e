using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace PlanServices.Cli.Access;

/// <summary>Asks an issuer for access tokens, by OAuth 2.0 client credentials.</summary>
internal static class TokenEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A token with these scopes; with all that the client may have where none are named.</summary>
    public static async Task<AccessToken> AskAsync(
        Uri issuer, string client, string secret, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var address = new Uri(issuer, "/connect/token");
        using var http = new HttpClient
        {
            Timeout = Patience,
            // The services' gRPC port speaks HTTP/2 alone, and without TLS nobody can be asked what they speak.
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = issuer.Scheme == Uri.UriSchemeHttps ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
        };
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = secret };
        if (scopes.Count > 0)
            form["scope"] = string.Join(' ', scopes);

        using var content = new FormUrlEncodedContent(form);
        try
        {
            using var response = await http.PostAsync(address, content, cancellationToken);
            var answer = response.Content.Headers.ContentType?.MediaType == "application/json"
                ? await response.Content.ReadFromJsonAsync<Answer>(cancellationToken)
                : null;
            return answer?.Token is { } token
                ? new AccessToken(token, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn))
                : throw new CommandException(
                    $"{address} gives no token to client '{client}': {answer?.Description ?? answer?.Message ?? $"HTTP {(int)response.StatusCode}"}");
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(
                $"No PlanServices answers at {issuer} ({e.HttpRequestError}). Start it with 'dotnet run --project services/Standalone', or name another with --address.");
        }
    }

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string? Token,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("error_description")] string? Description,
        [property: JsonPropertyName("message")] string? Message);
}
