using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Audit.V1;
using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;
using PlanServices.Testing.SqlServer;
using Xunit;

namespace PlanServices.Partners.Tests.Features.Clients;

public sealed class ApiClientTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private TestHost _host = null!;
    private ClientService.ClientServiceClient _clients = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(_time);
                b.AddPartners();
                IssuedQueries.Record<PartnersContext>(b.Services);
            },
            a => a.MapPartners(),
            ["partners"],
            folder: _folder.Path);
        _clients = new ClientService.ClientServiceClient(_host.Channel);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Create_ThenAskForAToken_TokenActsForThePartner()
    {
        var made = await CreateAsync("county-system", "partners/cambridgeshire-constabulary", Scopes.UpdatesWrite, Scopes.PlanRead);

        var (status, answer) = await TokenAsync("county-system", made.Secret);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"scope\":\"updates.write plan.read\"", answer.Replace(" \"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith(Assert.Single(made.ApiClient.Secrets).Hint, made.Secret, StringComparison.Ordinal);
        using var http = _host.HttpFor(Token(answer));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v1/partners", Deadline.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/v1/clients", Deadline.Token)).StatusCode);
    }

    [Fact]
    public async Task Rotate_DuringTheOverlap_BothSecretsAreGoodAndThenTheNewOneAlone()
    {
        var first = (await CreateAsync("county-system", "", Scopes.PlanRead)).Secret;

        var rotated = await _clients.RotateSecretAsync(
            new RotateSecretRequest { Name = "clients/county-system", Overlap = Duration.FromTimeSpan(TimeSpan.FromMinutes(20)) }, Calls.Options);
        var during = (await TokenAsync("county-system", first), await TokenAsync("county-system", rotated.Secret));
        _time.Advance(TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(1));
        var after = (await TokenAsync("county-system", first), await TokenAsync("county-system", rotated.Secret));

        Assert.Equal(2, rotated.ApiClient.Secrets.Count);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (during.Item1.Status, during.Item2.Status));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (after.Item1.Status, after.Item2.Status));
        Assert.Single((await _clients.GetApiClientAsync(new GetApiClientRequest { Name = "clients/county-system" }, Calls.Options)).Secrets);
    }

    [Fact]
    public async Task Rotate_Twice_NeverMoreThanTwoSecrets()
    {
        var first = (await CreateAsync("county-system", "", Scopes.PlanRead)).Secret;
        var second = (await _clients.RotateSecretAsync(new RotateSecretRequest { Name = "clients/county-system" }, Calls.Options)).Secret;

        var third = await _clients.RotateSecretAsync(new RotateSecretRequest { Name = "clients/county-system" }, Calls.Options);

        Assert.Equal(2, third.ApiClient.Secrets.Count);
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync("county-system", first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync("county-system", second)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync("county-system", third.Secret)).Status);
    }

    [Fact]
    public async Task Rotate_WithoutOverlap_OldSecretEndsAtOnce()
    {
        var first = (await CreateAsync("county-system", "", Scopes.PlanRead)).Secret;

        var rotated = await _clients.RotateSecretAsync(new RotateSecretRequest { Name = "clients/county-system", Overlap = new Duration() }, Calls.Options);

        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync("county-system", first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync("county-system", rotated.Secret)).Status);
    }

    [Fact]
    public async Task Delete_ThenAskForAToken_IsRefused()
    {
        var made = await CreateAsync("county-system", "", Scopes.PlanRead);
        await _clients.DeleteApiClientAsync(new DeleteApiClientRequest { Name = "clients/county-system", Etag = made.ApiClient.Etag }, Calls.Options);

        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync("county-system", made.Secret)).Status);
        await Calls.AssertFailsAsync(
            _clients.GetApiClientAsync(new GetApiClientRequest { Name = "clients/county-system" }, Calls.Options), StatusCode.NotFound, "ERROR_REASON_NOT_FOUND");
    }

    [Fact]
    public async Task Create_WrongFields_NamesEach()
    {
        var request = new CreateApiClientRequest { ApiClientId = "a", ApiClient = new ApiClient { Scopes = { "updates.write", "all" } } };
        var fields = await Calls.AssertFailsAsync(_clients.CreateApiClientAsync(request, Calls.Options), StatusCode.InvalidArgument, "ERROR_REASON_INVALID_FIELD");
        Assert.Equal(["api_client.display_name", "api_client.scopes", "api_client.partner"], fields);

        request.ApiClient = new ApiClient { DisplayName = "A", Scopes = { "plan.read" }, Partner = "partners/nobody-knows" };
        fields = await Calls.AssertFailsAsync(_clients.CreateApiClientAsync(request, Calls.Options), StatusCode.InvalidArgument, "ERROR_REASON_INVALID_FIELD");
        Assert.Equal(["api_client.partner"], fields);
    }

    [Fact]
    public async Task CreateAndRotate_MoreThanTheCallerMay_IsDenied()
    {
        await CreateAsync("approver", "", Scopes.UpdatesApprove);
        using var channel = _host.ChannelFor(TestIssuer.Token([Scopes.ClientsManage], "manager"));
        var manager = new ClientService.ClientServiceClient(channel);

        await Calls.AssertFailsAsync(
            manager.CreateApiClientAsync(
                new CreateApiClientRequest { ApiClientId = "mine", ApiClient = new ApiClient { DisplayName = "Mine", Scopes = { Scopes.PlanAdmin } } }, Calls.Options),
            StatusCode.PermissionDenied,
            "ERROR_REASON_PERMISSION_DENIED");
        await Calls.AssertFailsAsync(
            manager.RotateSecretAsync(new RotateSecretRequest { Name = "clients/approver" }, Calls.Options), StatusCode.PermissionDenied, "ERROR_REASON_PERMISSION_DENIED");
    }

    [Fact]
    public async Task Secrets_InTheDatabase_AreNotThere()
    {
        var secret = (await CreateAsync("county-system", "", Scopes.PlanRead)).Secret;
        await _host.StopAsync();
        SqliteConnection.ClearAllPools();

        Assert.All(System.IO.Directory.GetFiles(_folder.Path), f => Assert.True(File.ReadAllBytes(f).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) < 0, f));
    }

    [Fact]
    public async Task Audit_AfterWritesAndDeniedCalls_HasEachWithItsOutcome()
    {
        await CreateAsync("county-system", "", Scopes.PlanRead);
        using var reader = _host.HttpFor(TestIssuer.Token([Scopes.PlanRead], "=cmd()"));
        using var nobody = _host.HttpFor(null);
        await reader.DeleteAsync("/v1/clients/county-system", Deadline.Token);
        await nobody.GetAsync("/v1/partners", Deadline.Token);
        await TokenAsync("county-system", "guessed");

        var log = await new AuditService.AuditServiceClient(_host.Channel).ListAuditEntriesAsync(
            new ListAuditEntriesRequest { Service = "partners" }, Calls.Options);
        var csv = await _host.Http.GetStringAsync("/v1/auditEntries:export?service=partners", Deadline.Token);

        Assert.Equal(
            [
                ("", "planservices.partners.v1.Issuer/Token", "clients/county-system", "UNAUTHENTICATED invalid_client"),
                ("", "planservices.partners.v1.PartnerService/ListPartners", "", "UNAUTHENTICATED ERROR_REASON_UNAUTHENTICATED"),
                ("clients/=cmd()", "planservices.partners.v1.ClientService/DeleteApiClient", "", "PERMISSION_DENIED ERROR_REASON_PERMISSION_DENIED"),
                ("clients/test", "planservices.partners.v1.ClientService/CreateApiClient", "county-system", "OK"),
            ],
            log.AuditEntries.Select(e => (e.Caller, e.Method, e.Resource, e.Outcome)));
        Assert.All(log.AuditEntries, e => Assert.Equal("127.0.0.1", e.RemoteAddress));
        Assert.Equal(5, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length);
        Assert.Contains(",\"clients/=cmd()\",", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit SET Outcome = 'OK'")]
    [InlineData("DELETE FROM audit")]
    public async Task Audit_ChangedInTheDatabase_IsRefusedByIt(string sql)
    {
        await CreateAsync("county-system", "", Scopes.PlanRead);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "partners.db")}");
        await connection.OpenAsync(Deadline.Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => command.ExecuteNonQueryAsync(Deadline.Token));

        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<CreateApiClientResponse> CreateAsync(string id, string partner, params string[] scopes) => await _clients.CreateApiClientAsync(
        new CreateApiClientRequest { ApiClientId = id, ApiClient = new ApiClient { DisplayName = "A system", Partner = partner, Scopes = { scopes } } }, Calls.Options);

    private async Task<(HttpStatusCode Status, string Answer)> TokenAsync(string client, string secret)
    {
        using var http = _host.HttpFor(null);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = client,
            ["client_secret"] = secret,
        });
        using var answer = await http.PostAsync("/connect/token", form, Deadline.Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Deadline.Token));
    }

    private static string Token(string answer)
    {
        using var json = System.Text.Json.JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("access_token").GetString()!;
    }
}
