using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

/// <summary><c>plan audit</c> over all the services at one address.</summary>
public sealed class AuditCommandTests
{
    [Fact]
    public async Task Audit_OfASuite_IsTheLogOfAllItsServicesNewestFirst()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StandaloneProcess.StartAsync(Path.Combine(folder.Path, "data"), sample: true);
        Task<(int Code, string Said)> RunAsync(params string[] words) => CliProcess.RunAsync([.. words, "--address", server.Grpc.ToString()]);
        Assert.Equal(0, (await RunAsync("clients", "create", "reader", "--name", "A reader", "--scope", "plan.read")).Code);
        Assert.Equal(0, (await RunAsync("open", "--plan", "sample", "--period", "2019-04")).Code);

        var shown = await RunAsync("audit");
        var file = Path.Combine(folder.Path, "audit.csv");
        var exported = await RunAsync("audit", "--output", file);
        var unknown = await RunAsync("audit", "--service", "kitchen");

        Assert.Equal((0, 0, 1), (shown.Code, exported.Code, unknown.Code));
        Assert.True(
            shown.Said.IndexOf("CreatePeriod", StringComparison.Ordinal) < shown.Said.IndexOf("CreateApiClient", StringComparison.Ordinal), shown.Said);
        var lines = await File.ReadAllLinesAsync(file, Deadline.Token);
        Assert.StartsWith("service,", lines[0], StringComparison.Ordinal);
        Assert.Single(lines, l => l.StartsWith("service,", StringComparison.Ordinal));
        Assert.Equal(["\"actions\"", "\"partners\""], lines[1..].Select(l => l.Split(',')[0]).Distinct());
        Assert.Contains("actions, partners, reporting", unknown.Said, StringComparison.Ordinal);
    }
}
