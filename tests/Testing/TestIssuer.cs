using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.Testing;

/// <summary>
/// Makes access tokens without an issuer's process. Its key is the one that test hosts sign with and accept, so that its tokens and those
/// that a host's own token endpoint gives are equally good.
/// </summary>
public static class TestIssuer
{
    /// <summary>The client that tests are, unless they say otherwise.</summary>
    public const string Client = "test";

    /// <summary>Environment variable by which a process has another's key; without it each has its own.</summary>
    public const string KeyVariable = "PLANSERVICES_TEST_KEY";

    private static readonly ECDsa Key = MakeKey();
    private static readonly ECDsaSecurityKey SecurityKey = Named(new ECDsaSecurityKey(Key));
    private static readonly Uri Issuer = new AccessOptions().Issuer;

    /// <summary>The private key.</summary>
    public static string Pem { get; } = Key.ExportPkcs8PrivateKeyPem();

    internal static IssuerKeySet Keys { get; } = new(Issuer.AbsoluteUri, [SecurityKey]);

    /// <summary>A token with every scope.</summary>
    public static string Everything { get; } = Token(Scopes.All);

    /// <summary>An access token.</summary>
    /// <param name="scopes">What it allows.</param>
    /// <param name="client">The client's id.</param>
    /// <param name="partner">For whom it acts: <c>partners/{partner}</c>.</param>
    /// <param name="change">Makes it another than it should be.</param>
    public static string Token(
        IEnumerable<string> scopes, string client = Client, string partner = "", Action<SecurityTokenDescriptor>? change = null)
    {
        var token = new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Issuer.AbsoluteUri,
            Audience = new AccessOptions().Audience,
            // Good at whatever time a test sets its host's clock to.
            Expires = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            SigningCredentials = new SigningCredentials(SecurityKey, SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object> { ["sub"] = $"clients/{client}", ["client_id"] = client, ["scope"] = string.Join(' ', scopes) },
        };
        if (partner.Length > 0)
            token.Claims[Caller.PartnerClaim] = partner;
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>Has a host accept these tokens, and make its own calls with one.</summary>
    public static void AddTestIssuer(this IServiceCollection services)
    {
        services.AddSingleton<IIssuerKeySource, TestIssuerKeys>();
        services.AddSingleton<IServiceTokens, TestServiceTokens>();
    }

    private static ECDsa MakeKey()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } pem)
            key.ImportFromPem(pem);
        return key;
    }

    private static ECDsaSecurityKey Named(ECDsaSecurityKey key)
    {
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }
}

/// <summary>A host's keys without a discovery document.</summary>
internal sealed class TestIssuerKeys : IIssuerKeySource
{
    public Task<IssuerKeySet> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(TestIssuer.Keys);
}

/// <summary>What a host's own calls carry.</summary>
internal sealed class TestServiceTokens : IServiceTokens
{
    private static readonly string Token = TestIssuer.Token([Scopes.PlanRead, Scopes.PlanWrite], "service");

    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(Token);

    public void Drop(string token)
    {
    }
}

/// <summary>Sends a token with each request.</summary>
public sealed class TokenHandler(string token, HttpMessageHandler? inner = null) : DelegatingHandler(inner ?? new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization ??= new("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
