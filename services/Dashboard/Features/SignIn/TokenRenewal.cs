using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace PlanServices.Dashboard.Features.SignIn;

/// <summary>Gets a person's next access token from the issuer, by the refresh token.</summary>
internal sealed partial class TokenRenewal(IOptionsMonitor<OpenIdConnectOptions> options, TimeProvider time, ILogger<TokenRenewal> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The next tokens; null where the issuer gives none any more.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public async Task<SessionTokens?> RenewAsync(SessionTokens held)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        var client = options.Get(SignInHosting.Provider);
        try
        {
            var issuer = await ConfigurationAsync(client, patience.Token);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                [OpenIdConnectParameterNames.GrantType] = OpenIdConnectGrantTypes.RefreshToken,
                [OpenIdConnectParameterNames.RefreshToken] = held.Refresh,
                [OpenIdConnectParameterNames.ClientId] = client.ClientId!,
                [OpenIdConnectParameterNames.ClientSecret] = client.ClientSecret ?? "",
            }.Where(p => p.Value.Length > 0));
            using var response = await client.Backchannel.PostAsync(new Uri(issuer.TokenEndpoint), form, patience.Token);
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
            {
                Log.Refused(logger, response.StatusCode);
                return null;
            }

            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<Answer>(patience.Token) ?? throw new HttpRequestException("The issuer answered nothing.");
            return new SessionTokens(answer.AccessToken, answer.RefreshToken ?? held.Refresh, time.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn));
        }
        catch (OperationCanceledException e)
        {
            throw new HttpRequestException($"The issuer did not answer within {Patience.TotalSeconds:N0} seconds.", e);
        }
    }

    /// <summary>What the issuer says of itself.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public static async Task<OpenIdConnectConfiguration> ConfigurationAsync(OpenIdConnectOptions client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            throw new HttpRequestException("The issuer's discovery document cannot be read.", e);
        }
    }

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "A person has to sign in again: the issuer gave no other token ({Status})")]
        public static partial void Refused(ILogger logger, HttpStatusCode status);
    }
}
