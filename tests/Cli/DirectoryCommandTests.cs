using PlanServices.Partners;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Cli.Tests;

public sealed class DirectoryCommandTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(b => b.AddPartners(), a => a.MapPartners(), ["partners"]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Settle_OfAnUnmatchedText_TakesItOffTheList()
    {
        await new PartnerService.PartnerServiceClient(_host.Channel).ResolveLeadsAsync(
            new ResolveLeadsRequest { Texts = { "Blue Lantern Desk" }, Collect = true }, cancellationToken: Deadline.Token);

        var listed = await RunAsync("unmatched");
        var settled = await RunAsync("settle", "blue lantern desk", "cambridgeshire-constabulary");
        var after = await RunAsync("unmatched");
        var all = await RunAsync("unmatched", "--all");

        Assert.Contains("Blue Lantern Desk", listed.Answer, StringComparison.Ordinal);
        Assert.Equal("'Blue Lantern Desk' means partners/cambridgeshire-constabulary in plans of cambridgeshire; their leads follow.\n", settled.Answer);
        Assert.Equal("Every lead that was asked for is matched or settled.\n", after.Answer);
        Assert.Contains("cambridgeshire-constabulary", all.Answer, StringComparison.Ordinal);
        Assert.All([listed, settled, after, all], r => Assert.Equal((0, ""), (r.Code, r.Aside)));
    }

    [Fact]
    public async Task Settle_NeitherBodyNorNobody_SaysWhatIsMissing()
    {
        var (code, _, aside) = await RunAsync("settle", "Blue Team");
        Assert.Equal((1, "plan: Give either the body that the text means, or --nobody.\n"), (code, aside));
    }

    [Fact]
    public async Task Structure_AsAtADay_IsAnIndentedTree()
    {
        var now = await RunAsync("structure", "cambridge-csp", "--as-at", "2026-01-01");
        var then = await RunAsync("structure", "cambridge-csp", "--as-at", "2018-10-01");

        Assert.StartsWith("Cambridge Community Safety Partnership\n  Cambridge City Council (member)\n", now.Answer, StringComparison.Ordinal);
        Assert.Contains("Integrated Care Board", now.Answer, StringComparison.Ordinal);
        Assert.Contains("Clinical Commissioning Group", then.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Integrated Care Board", then.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partners_OfAnArea_AreItsOwnAndNationalOnes()
    {
        var (code, answer, _) = await RunAsync("partners", "--area", "norfolk");
        Assert.Equal(0, code);
        Assert.Contains("norfolk-constabulary", answer, StringComparison.Ordinal);
        Assert.Contains("home-office", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("cambridgeshire-constabulary", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Structure_OfADayThatIsNone_NamesTheArgument()
    {
        var (code, _, aside) = await RunAsync("structure", "--as-at", "yesterday");
        Assert.Equal(1, code);
        Assert.Contains("as_at_date", aside, StringComparison.Ordinal);
    }

    private Task<(int Code, string Answer, string Aside)> RunAsync(params string[] words) =>
        CliRun.RunAtAsync(_host.Addresses.Grpc.ToString(), words);
}
