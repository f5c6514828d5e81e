using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Dashboard.Tests.Features.SignIn;

/// <summary>
/// An OpenID provider on this machine: a page on which a person says who they are, codes that are good once and only with their PKCE
/// verifier, tokens with roles as Entra ID gives them, and refresh tokens of which each is good once.
/// </summary>
public sealed class TestProvider : IAsyncDisposable
{
    private const string Pages = "pages";
    private const string PagesSecret = "the secret of the pages";
    private const string Suite = "suite";
    private const string SuiteSecret = "the secret of the suite";

    private readonly WebApplication _app;
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };
    private readonly ConcurrentDictionary<string, (string User, IQueryCollection Asked)> _codes = new();
    private readonly ConcurrentDictionary<string, string> _refreshes = new();

    private TestProvider(WebApplication app) => _app = app;

    /// <summary>What each person may do.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Users { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["officer"] = Scopes.All,
        ["reader"] = [Scopes.PlanRead],
        ["stranger"] = [],
    };

    public string Address => _app.Urls.Single();

    /// <summary>How long an access token is good.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether a refresh token gets nothing any more.</summary>
    public bool RefusesRefresh { get; set; }

    /// <summary>How many tokens were renewed.</summary>
    public int Renewals { get; private set; }

    /// <summary>How the suite is told of it.</summary>
    public IEnumerable<string> Settings =>
    [
        $"--Access:Authority={Address}", $"--Access:ClientId={Suite}", $"--Access:ClientSecret={SuiteSecret}",
        $"--SignIn:ClientId={Pages}", $"--SignIn:ClientSecret={PagesSecret}", "--SignIn:Scopes:0=api://planservices/access",
    ];

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // The settings of the services lie beside the tests; they are not its.
        builder.Configuration.Sources.Clear();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new TestProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = provider.Address,
            ["authorization_endpoint"] = $"{provider.Address}/authorize",
            ["token_endpoint"] = $"{provider.Address}/token",
            ["jwks_uri"] = $"{provider.Address}/keys",
            ["end_session_endpoint"] = $"{provider.Address}/end",
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { provider.PublicKey() } }));
        app.MapGet("/authorize", provider.Ask);
        app.MapGet("/choose", provider.Choose);
        app.MapPost("/token", provider.TokenAsync);
        app.MapGet("/end", (string post_logout_redirect_uri, string id_token_hint) =>
            id_token_hint.Length == 0 ? Results.BadRequest() : Results.Redirect(post_logout_redirect_uri));
        await app.StartAsync();
        return provider;
    }

    /// <summary>The access token that a person's page has.</summary>
    public string AccessToken(string user) => Token("planservices", Lifetime, new Dictionary<string, object>
    {
        ["sub"] = user,
        ["preferred_username"] = $"{user}@police.example",
        ["azp"] = Pages,
        ["scp"] = "access",
        ["roles"] = Users[user].ToArray(),
    });

    /// <summary>The access token of the suite itself, which tests use too.</summary>
    public string ServiceToken() => Token("planservices", Lifetime, new Dictionary<string, object> { ["sub"] = Suite, ["azp"] = Suite, ["roles"] = Scopes.All.ToArray() });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.ECDsa.Dispose();
    }

    private object PublicKey()
    {
        var point = _key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = _key.KeyId, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
    }

    private IResult Ask(HttpRequest request) =>
        request.Query is var q && q["client_id"] == Pages && q["response_type"] == "code" && q["code_challenge_method"] == "S256" && q["scope"].ToString().Contains("api://planservices/access", StringComparison.Ordinal)
            ? Results.Text(
                $"<!DOCTYPE html><html lang=en><title>Who are you?</title><link rel=icon href=\"data:,\"><h1>Who are you?</h1>{string.Concat(Users.Keys.Select(u => $"<p><a href=\"/choose{WebUtility.HtmlEncode(request.QueryString.Value)}&user={u}\">{u}</a>"))}",
                "text/html")
            : Results.BadRequest();

    private IResult Choose(HttpRequest request)
    {
        var code = Guid.CreateVersion7().ToString();
        _codes[code] = (request.Query["user"]!, request.Query);
        return Results.Redirect(QueryHelpers.AddQueryString(
            request.Query["redirect_uri"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = request.Query["state"], ["iss"] = Address }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (((string?)form["client_id"], (string?)form["client_secret"]) is not ((Pages, PagesSecret) or (Suite, SuiteSecret)))
            return Results.Unauthorized();

        switch ((string?)form["grant_type"])
        {
            case "client_credentials":
                return Results.Json(new { access_token = ServiceToken(), token_type = "Bearer", expires_in = 3600 });
            case "authorization_code" when _codes.TryRemove(form["code"]!, out var given) && IsProven(given.Asked, form):
                return Answer(given.User, given.Asked["nonce"]);
            case "refresh_token" when !RefusesRefresh && _refreshes.TryRemove(form["refresh_token"]!, out var user):
                Renewals++;
                return Answer(user, null);
            default:
                return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }
    }

    private static bool IsProven(IQueryCollection asked, IFormCollection form) =>
        asked["redirect_uri"] == form["redirect_uri"]
        && asked["code_challenge"] == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));

    private IResult Answer(string user, string? nonce)
    {
        var refresh = Guid.CreateVersion7().ToString();
        _refreshes[refresh] = user;
        var claims = new Dictionary<string, object> { ["sub"] = user, ["preferred_username"] = $"{user}@police.example" };
        if (nonce is not null)
            claims["nonce"] = nonce;
        return Results.Json(new
        {
            access_token = AccessToken(user),
            id_token = Token(Pages, TimeSpan.FromMinutes(5), claims),
            refresh_token = refresh,
            token_type = "Bearer",
            expires_in = (int)Lifetime.TotalSeconds,
        });
    }

    private string Token(string audience, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        // No two are alike, as with any provider.
        claims["jti"] = Guid.CreateVersion7().ToString();
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = audience,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime + lifetime,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
            Claims = claims,
        });
    }
}
