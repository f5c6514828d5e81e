using System.Text.RegularExpressions;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

/// <summary><c>plan login</c> and <c>plan logout</c>, as somebody at a terminal uses them.</summary>
public sealed partial class LoginTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private StandaloneProcess _server = null!;

    private string Tokens => Path.Combine(_folder.Path, "config", "tokens.json");

    public async ValueTask InitializeAsync() => _server = await StandaloneProcess.StartAsync(Path.Combine(_folder.Path, "data"), sample: true);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Login_AsAClient_ActsAsItUntilLogout()
    {
        var secret = await CreateAsync("reader", "plan.read");

        var login = await RunAsync(secret, "login", "--client-id", "reader");
        var reading = await RunAsync("", "status", "--plan", "sample");
        var writing = await RunAsync("", "open", "--plan", "sample", "--period", "2019-04");

        Assert.True(login.Code == 0, login.Said);
        Assert.Contains("as reader until", login.Said, StringComparison.Ordinal);
        Assert.True(reading.Code == 0, reading.Said);
        Assert.Equal(1, writing.Code);
        Assert.Contains("plan.write", writing.Said, StringComparison.Ordinal);

        Assert.DoesNotContain(secret, await File.ReadAllTextAsync(Tokens, Deadline.Token), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Tokens));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Tokens)!));
        }

        var logout = await RunAsync("", "logout");
        var again = await RunAsync("", "logout");
        Assert.StartsWith("Logged out of ", logout.Said, StringComparison.Ordinal);
        Assert.StartsWith("You were not logged in to ", again.Said, StringComparison.Ordinal);
        // As the client that everybody knows in Development, which may.
        var opened = await RunAsync("", "open", "--plan", "sample", "--period", "2019-04");
        Assert.True(opened.Code == 0, opened.Said);
    }

    [Fact]
    public async Task Login_NarrowerThanTheClient_AllowsThatAlone()
    {
        var secret = await CreateAsync("writer", "plan.read", "plan.write");

        var login = await RunAsync(secret, "login", "--client-id", "writer", "--scope", "plan.read");
        var writing = await RunAsync("", "open", "--plan", "sample", "--period", "2019-04");

        Assert.True(login.Code == 0, login.Said);
        Assert.Equal(1, writing.Code);
        Assert.Contains("plan.write", writing.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", "gives no token to client 'dev'", "login", "--client-id", "dev")]
    [InlineData("dev", "plan.fly", "login", "--client-id", "dev", "--scope", "plan.fly")]
    [InlineData("", "--client-id is required.", "login")]
    public async Task Login_CannotBe_SaysWhyAndStoresNothing(string secret, string sentence, params string[] words)
    {
        var (code, said) = await RunAsync(secret, words);

        Assert.Equal(1, code);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.Single(said.TrimEnd().Split('\n'));
        Assert.False(File.Exists(Tokens));
    }

    private async Task<string> CreateAsync(string client, params string[] scopes)
    {
        var (code, said) = await RunAsync("", ["clients", "create", client, "--name", "A test", "--scope", .. scopes]);
        Assert.True(code == 0, said);
        return SecretLine().Match(said).Groups[1].Value;
    }

    private Task<(int Code, string Said)> RunAsync(string secret, params string[] words) => CliProcess.RunAsync(
        new Dictionary<string, string>
        {
            ["PLAN_CONFIG_DIR"] = Path.GetDirectoryName(Tokens)!,
            ["PLAN_CLIENT_SECRET"] = secret,
            ["PLAN_ADDRESS"] = _server.Grpc.ToString(),
        },
        words);

    [GeneratedRegex(@"^secret: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex SecretLine();
}
