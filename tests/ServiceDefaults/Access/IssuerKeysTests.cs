using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PlanServices.ServiceDefaults.Access;
using Xunit;

namespace PlanServices.ServiceDefaults.Tests.Access;

/// <summary>What becomes of tokens when the issuer's keys change, or cannot be had.</summary>
public sealed class IssuerKeysTests : IDisposable
{
    private static readonly TimeSpan APause = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly ECDsa _first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Issuer _issuer = new();
    private readonly IssuerKeys _keys;
    private readonly AccessTokens _tokens;

    public IssuerKeysTests()
    {
        var options = Options.Create(new AccessOptions());
        _keys = new IssuerKeys(_issuer, options, _time, NullLogger<IssuerKeys>.Instance);
        _tokens = new AccessTokens(options, _keys, _time);
        _issuer.Publish(("first", _first));
    }

    [Fact]
    public async Task Validate_SameTokenManyTimes_KeysAreReadOnce()
    {
        var token = Token("first", _first);

        var users = new List<ClaimsPrincipal?>();
        for (var i = 0; i < 10; i++)
            users.Add(await ValidateAsync(token));

        Assert.All(users, u => Assert.Same(users[0], u));
        Assert.Equal("clients/a", users[0]!.Identity!.Name);
        Assert.Equal(1, _issuer.Reads);
    }

    [Fact]
    public async Task Validate_KeyThatIsNew_IsLookedForAtOnce()
    {
        await ValidateAsync(Token("first", _first));
        _issuer.Publish(("first", _first), ("second", _second));
        _time.Advance(APause);

        Assert.NotNull(await ValidateAsync(Token("second", _second)));
        Assert.NotNull(await ValidateAsync(Token("first", _first)));
    }

    [Fact]
    public async Task Validate_MadeUpKeys_DoNotMakeTheIssuerBusy()
    {
        await ValidateAsync(Token("first", _first));
        _time.Advance(APause);

        for (var i = 0; i < 20; i++)
            Assert.Null(await ValidateAsync(Token($"made-up-{i}", _second)));

        Assert.Equal(2, _issuer.Reads);
    }

    [Fact]
    public async Task Validate_KeyWasWithdrawn_RememberedTokenIsNoLongerGood()
    {
        var token = Token("first", _first, TimeSpan.FromHours(10));
        Assert.NotNull(await ValidateAsync(token));
        _issuer.Publish(("second", _second));
        _time.Advance(TimeSpan.FromHours(2));

        // The keys are old: this call has them read behind its back, and the next ones know.
        await ValidateAsync(token);
        await _issuer.ReadTwice.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await ValidateAsync(Token("second", _second)));
        Assert.Null(await ValidateAsync(token));
    }

    [Fact]
    public async Task Validate_IssuerOutOfReach_IsNeitherValidNorNot()
    {
        _issuer.Down = true;
        await Assert.ThrowsAsync<IssuerOutOfReachException>(() => ValidateAsync(Token("first", _first)));

        _issuer.Down = false;
        _time.Advance(APause);
        Assert.NotNull(await ValidateAsync(Token("first", _first)));
    }

    [Fact]
    public async Task Validate_IssuerGoesDownLater_KnownKeysGoOn()
    {
        Assert.NotNull(await ValidateAsync(Token("first", _first)));
        _issuer.Down = true;
        _time.Advance(APause);

        Assert.NotNull(await ValidateAsync(Token("first", _first, TimeSpan.FromMinutes(9))));
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    private Task<ClaimsPrincipal?> ValidateAsync(string token) => _tokens.ValidateAsync(token, TestContext.Current.CancellationToken).AsTask();

    private string Token(string kid, ECDsa key, TimeSpan? lifetime = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        TokenType = "at+jwt",
        Issuer = Issuer.Name,
        Audience = "planservices",
        NotBefore = _time.GetUtcNow().UtcDateTime,
        Expires = (_time.GetUtcNow() + (lifetime ?? TimeSpan.FromHours(1))).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = "clients/a", ["scope"] = "plan.read" },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = kid }, "ES256"),
    });

    private sealed class Issuer : IIssuerKeySource
    {
        public const string Name = "https://issuer.example/";

        private IssuerKeySet _keys = new(Name, []);
        private int _reads;

        public bool Down { get; set; }

        public int Reads => _reads;

        public TaskCompletionSource ReadTwice { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Publish(params (string Kid, ECDsa Key)[] keys) =>
            _keys = new IssuerKeySet(Name, [.. keys.Select(k => new ECDsaSecurityKey(k.Key) { KeyId = k.Kid })]);

        public Task<IssuerKeySet> ReadAsync(CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _reads) == 2)
                ReadTwice.TrySetResult();
            return Down ? Task.FromException<IssuerKeySet>(new HttpRequestException("Nobody answers.")) : Task.FromResult(_keys);
        }
    }
}
