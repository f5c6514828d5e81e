using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

public class LogTests
{
    /// <summary>Has the suite log all that it can.</summary>
    internal static readonly string[] Loud =
    [
        "--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Microsoft.AspNetCore=Debug", "--Logging:LogLevel:Microsoft.AspNetCore.Authentication=Debug",
        "--Logging:LogLevel:OpenIddict=Debug", "--Logging:LogLevel:Grpc=Debug", "--Logging:LogLevel:Microsoft.Extensions.Http=Debug",
        "--Logging:LogLevel:System.Net.Http=Debug", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Debug",
    ];

    private static readonly string[] Reading = ["plan.read"];

    [Fact]
    public async Task Run_AtDebugLevel_LogsNoSecretAndNoToken()
    {
        using var folder = new TemporaryFolder();
        var log = new ConcurrentQueue<string>();
        List<string> secrets = [];
        await using (var server = await StandaloneProcess.StartAsync(folder.Path, arguments: Loud, log: log.Enqueue))
        {
            var client = await server.Http.PostAsJsonAsync("/v1/clients?apiClientId=reader", new { displayName = "A reader", scopes = Reading }, Deadline.Token);
            secrets.Add(await SecretAsync(client));
            var rotated = await server.Http.PostAsJsonAsync("/v1/clients/reader:rotateSecret", new { }, Deadline.Token);
            secrets.Add(await SecretAsync(rotated));
            secrets.Add(await StandaloneProcess.TokenAsync(server.Http.BaseAddress!, "reader", secrets[0]));
            secrets.Add(await StandaloneProcess.TokenAsync(server.Http.BaseAddress!, "reader", secrets[1]));
            secrets.Add(await StandaloneProcess.TokenAsync(server.Http.BaseAddress!));
            await Assert.ThrowsAsync<HttpRequestException>(() => StandaloneProcess.TokenAsync(server.Http.BaseAddress!, "reader", secrets[0] + "x"));
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/plans");
            request.Headers.Authorization = new("Bearer", secrets[2] + "x");
            await server.Http.SendAsync(request, Deadline.Token);
            await server.Http.GetAsync("/", Deadline.Token);
            await new PlanService.PlanServiceClient(server.Channel).ListPlansAsync(new ListPlansRequest(), cancellationToken: Deadline.Token);
        }

        Assert.True(log.Count > 200, $"{log.Count} lines");
        Assert.Contains(log, l => l.Contains("/connect/token", StringComparison.Ordinal));
        // Of a token the signature is the secret part; a cut line has the beginning of it at least.
        Assert.All(secrets, s => Assert.DoesNotContain(log, l => l.Contains(s[^40..], StringComparison.Ordinal) || l.Contains(s[..Math.Min(s.Length - 4, 120)], StringComparison.Ordinal)));
    }

    private static async Task<string> SecretAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Deadline.Token));
        return json.RootElement.GetProperty("secret").GetString()!;
    }
}
