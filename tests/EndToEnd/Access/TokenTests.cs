using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

public class TokenTests
{
    private static readonly DateTime Now = TimeProvider.System.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Get_TokensThatAreNotValid_AreAllUnauthenticated()
    {
        await using var host = await SuiteHost.StartAsync();
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var good = TestIssuer.Token([Scopes.PlanRead]);
        var parts = good.Split('.');
        var tokens = new Dictionary<string, string>
        {
            ["expired"] = TestIssuer.Token(Scopes.All, change: t => (t.NotBefore, t.IssuedAt, t.Expires) = (Now.AddHours(-2), Now.AddHours(-2), Now.AddHours(-1))),
            ["not yet valid"] = TestIssuer.Token(Scopes.All, change: t => t.NotBefore = Now.AddMinutes(30)),
            ["another audience"] = TestIssuer.Token(Scopes.All, change: t => t.Audience = "others"),
            ["another issuer"] = TestIssuer.Token(Scopes.All, change: t => t.Issuer = "https://others.example/"),
            ["another type"] = TestIssuer.Token(Scopes.All, change: t => t.TokenType = "JWT"),
            ["another key"] = TestIssuer.Token(Scopes.All, change: t => t.SigningCredentials = new(new ECDsaSecurityKey(strange), "ES256")),
            ["another key of the same name"] = TestIssuer.Token(
                Scopes.All, change: t => t.SigningCredentials = new(new ECDsaSecurityKey(strange) { KeyId = t.SigningCredentials.Kid }, "ES256")),
            ["another kind of key"] = TestIssuer.Token(Scopes.All, change: t => t.SigningCredentials = new(new RsaSecurityKey(rsa), "RS256")),
            ["a shared secret"] = TestIssuer.Token(
                Scopes.All, change: t => t.SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(TestIssuer.Pem)), "HS256")),
            ["no signature"] = TestIssuer.Token(Scopes.All, change: t => t.SigningCredentials = null),
            ["alg none"] = $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.",
            ["another payload"] = $"{parts[0]}.{TestIssuer.Token(Scopes.All).Split('.')[1]}.{parts[2]}",
            ["cut short"] = good[..^4],
            ["no token"] = "nonsense",
            ["too long"] = new string('a', 20_000),
        };

        foreach (var (what, token) in tokens)
        {
            using var http = host.HttpFor(token);
            using var answer = await http.GetAsync("/v1/plans", Deadline.Token);
            Assert.True(HttpStatusCode.Unauthorized == answer.StatusCode || (what == "too long" && (int)answer.StatusCode == 431), $"{what}: {answer.StatusCode}");
        }

        using var valid = host.HttpFor(good);
        Assert.Equal(HttpStatusCode.OK, (await valid.GetAsync("/v1/plans", Deadline.Token)).StatusCode);
    }

    [Fact]
    public async Task Get_SecondTimeWithATokenThatEnds_IsUnauthenticated()
    {
        await using var host = await SuiteHost.StartAsync();
        // Half a minute of grace, for clocks that differ, is nearly used up.
        using var http = host.HttpFor(TestIssuer.Token(
            Scopes.All, change: t => (t.NotBefore, t.IssuedAt, t.Expires) = (Now.AddHours(-1), Now.AddHours(-1), TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-26))));

        var first = await http.GetAsync("/v1/plans", Deadline.Token);
        var deadline = Deadline.Token;
        while (first.IsSuccessStatusCode && (await http.GetAsync("/v1/plans", deadline)).StatusCode != HttpStatusCode.Unauthorized)
            Assert.False(deadline.IsCancellationRequested);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
    }

    [Fact]
    public async Task Token_WithoutScope_AllowsAllThatTheClientMay()
    {
        await using var host = await SuiteHost.StartAsync();

        var token = await StandaloneProcess.TokenAsync(host.Addresses.Http);

        using var http = host.HttpFor(token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v1/clients", Deadline.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v1/plans", Deadline.Token)).StatusCode);
    }

    [Theory]
    [InlineData("dev", "wrong", "plan.read", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("nobody", "dev", "plan.read", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("dev", "dev", "plan.everything", HttpStatusCode.BadRequest, "invalid_scope")]
    public async Task Token_WrongRequest_SaysWhatIsWrong(string client, string secret, string scope, HttpStatusCode status, string error)
    {
        await using var host = await SuiteHost.StartAsync();
        using var http = host.HttpFor(null);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["scope"] = scope });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{secret}")));

        using var answer = await http.PostAsync("/connect/token", form, Deadline.Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(error, await answer.Content.ReadAsStringAsync(Deadline.Token), StringComparison.Ordinal);
    }

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);
}
