using System.Text.Json;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

/// <summary>A suite on other ports than the usual: it says so itself, and the command line finds its way.</summary>
public sealed class MovedPortTests
{
    [Fact]
    public async Task Start_OtherPorts_IssuerAndCommandLineFollow()
    {
        using var folder = new TemporaryFolder();
        var port = FreePorts.Take();
        await using var server = await StandaloneProcess.StartAsync(folder.Path, httpPort: port);
        var (http, grpc) = ($"http://localhost:{port}/", server.Grpc.ToString());

        using var discovery = JsonDocument.Parse(await server.Http.GetStringAsync("/.well-known/openid-configuration", Deadline.Token));
        Assert.Equal(http, discovery.RootElement.GetProperty("issuer").GetString());
        await SucceedsAsync("status", "--address", grpc);
        // Tokens come from either port.
        await SucceedsAsync("status", "--address", grpc, "--issuer", http);
        Assert.Equal(
            (1, $"plan: What answers at {http} speaks no gRPC. PlanServices has a port for it, 5081 unless it was moved; name it with --address.\n"),
            await CliProcess.RunAsync("status", "--address", http));
        var (code, said) = await CliProcess.RunAsync("status", "--address", grpc, "--issuer", "http://127.0.0.1:1");
        Assert.Equal(1, code);
        Assert.Matches(@"^plan: No PlanServices gives access tokens at http://127\.0\.0\.1:1/ \(ConnectionError\)\. .* --issuer\.\n$", said);
    }

    private static async Task SucceedsAsync(params string[] words)
    {
        var (code, said) = await CliProcess.RunAsync(words);
        Assert.True(code == 0, said);
    }
}
