using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace PlanServices.Cli.Access;

/// <summary>Asks an issuer for access tokens, by OAuth 2.0 client credentials.</summary>
internal static class TokenEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A token with these scopes; with all that the client may have where none are named.</summary>
    /// <param name="issuer">Where it comes from.</param>
    /// <param name="services">The services' gRPC address, which may be the same.</param>
    /// <param name="client">The client's id.</param>
    /// <param name="secret">Its secret.</param>
    /// <param name="scopes">The scopes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<AccessToken> AskAsync(
        Uri issuer, Uri services, string client, string secret, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var address = new Uri(issuer, "/connect/token");
        using var http = new HttpClient { Timeout = Patience };
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = secret };
        if (scopes.Count > 0)
            form["scope"] = string.Join(' ', scopes);

        try
        {
            using var response = await PostAsync(http, address, retry: issuer != services, form, cancellationToken);
            var answer = response.Content.Headers.ContentType?.MediaType == "application/json"
                ? await response.Content.ReadFromJsonAsync<Answer>(cancellationToken)
                : null;
            return answer?.Token is { } token
                ? new AccessToken(token, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn))
                : throw new CommandException(
                    $"{address} gives no token to client '{client}': {answer?.Description ?? answer?.Message ?? $"HTTP {(int)response.StatusCode}"}");
        }
        catch (HttpRequestException e) when (issuer == services && !IsUnreachable(e))
        {
            throw new CommandException(Failures.NoGrpc(services));
        }
        catch (HttpRequestException e)
        {
            throw new CommandException(
                $"No PlanServices gives access tokens at {issuer} ({e.HttpRequestError}). Start it with 'dotnet run --project services/Standalone', or name another with {(issuer == services ? "--address" : "--issuer")}.");
        }
    }

    // Without TLS nobody can be asked what they speak: the services' gRPC port speaks HTTP/2 alone, their port of pages and JSON, which gives
    // tokens too, HTTP/1.1. That is tried where the address is not the one that has to speak gRPC next.
    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient http, Uri address, bool retry, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        if (address.Scheme == Uri.UriSchemeHttps)
            return await SendAsync(HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);

        try
        {
            return await SendAsync(HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }
        catch (HttpRequestException e) when (retry && !IsUnreachable(e))
        {
            return await SendAsync(HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
        }

        async Task<HttpResponseMessage> SendAsync(Version version, HttpVersionPolicy policy)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Version = version, VersionPolicy = policy, Content = new FormUrlEncodedContent(form) };
            return await http.SendAsync(request, cancellationToken);
        }
    }

    private static bool IsUnreachable(HttpRequestException e) =>
        e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string? Token,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("error_description")] string? Description,
        [property: JsonPropertyName("message")] string? Message);
}
