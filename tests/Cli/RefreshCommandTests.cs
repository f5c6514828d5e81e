using PlanServices.Testing;
using Xunit;

namespace PlanServices.Cli.Tests;

public sealed class RefreshCommandTests : IDisposable
{
    private const string Proposal =
        """
        {"displayName":"December","paper":{"reference":"Item 4","date":{"year":2014,"month":12,"day":4}},"recommendation":"To agree.",
         "items":[{"addAction":{"ref":"V9","theme":"plans/fenland/themes/victims","title":"Listen","deliveryLeads":[{"text":"Constabulary"}]},"reason":"Victims asked."}]}
        """;

    private static readonly string[] December = ["december", "--plan", "fenland"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Refresh_ProposedChangedDeferredEndorsed_SaysEachState()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();

        var tried = await cli.RunAsync(["refresh", "propose", .. December, "--file", await FileAsync(Proposal), "--dry-run"]);
        var proposed = await cli.RunAsync(["refresh", "propose", .. December, "--file", await FileAsync(Proposal)]);
        var json = await cli.RunAsync(["refresh", "show", .. December, "--json"]);
        var deferred = await cli.RunAsync(["refresh", "decide", .. December, "--outcome", "deferred", "--meeting", "Board", "--meeting-date", "2014-12-04", "--note", "Say who leads."]);
        var stale = await cli.RunAsync(["refresh", "change", .. December, "--file", await FileAsync(json.Answer)]);
        var read = await cli.RunAsync(["refresh", "show", .. December, "--json"]);
        var changed = await cli.RunAsync(
            ["refresh", "change", .. December, "--file", await FileAsync(read.Answer.Replace("Listen", "Listen to victims", StringComparison.Ordinal))]);
        var endorsed = await cli.RunAsync(["refresh", "decide", .. December, "--outcome", "endorsed"]);
        var listed = await cli.RunAsync("refresh", "list", "--plan", "fenland");
        var history = await cli.RunAsync("history", "V9", "--plan", "fenland");

        Assert.EndsWith("A dry run: nothing was stored.\n", tried.Answer, StringComparison.Ordinal);
        Assert.Equal(
            "December (december) is proposed (etag 3).\nPaper: Item 4, 2014-12-04\nIt recommends: To agree.\n    1. add action V9 to victims: Listen (Victims asked.)\n",
            proposed.Answer);
        Assert.EndsWith("The board deferred it (Board, 2014-12-04): Say who leads.\n", deferred.Answer, StringComparison.Ordinal);
        Assert.Equal(1, stale.Code);
        Assert.Contains("1. add action V9 to victims: Listen to victims", changed.Answer, StringComparison.Ordinal);
        Assert.StartsWith("December (december) is enacted", endorsed.Answer, StringComparison.Ordinal);
        Assert.Equal("Refresh\tName\tState\tItems\tPaper\tOf\ndecember\tDecember\tenacted\t1\tItem 4\t2014-12-04\n", listed.Answer);
        Assert.Contains("Listen to victims", history.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_Withdrawn_SaysWhy()
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();
        await cli.RunAsync(["refresh", "propose", .. December, "--file", await FileAsync(Proposal)]);

        var withdrawn = await cli.RunAsync(["refresh", "withdraw", .. December, "--reason", "The paper was withdrawn."]);

        Assert.EndsWith("It was withdrawn: The paper was withdrawn.\n", withdrawn.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"displayName":"D","items":[{"retireAction":{"planAction":"plans/fenland/actions/V7"}}]}""", "plan: plan_refresh.items[0].retire_action.plan_action: There is no plans/fenland/actions/V7.")]
    [InlineData("""{"displayName":"D","itens":[]}""", "plan: refresh.json is no refresh: Unknown field: itens")]
    [InlineData("{", "plan: refresh.json is no refresh: ")]
    public async Task Propose_Wrong_SaysWhyInOneSentence(string json, string sentence)
    {
        await using var cli = await CliRun.StartAsync();
        await cli.PrepareAsync();

        var (code, answer, aside) = await cli.RunAsync(["refresh", "propose", .. December, "--file", await FileAsync(json)]);

        Assert.Equal((1, ""), (code, answer));
        Assert.StartsWith(sentence, aside, StringComparison.Ordinal);
    }

    private async Task<string> FileAsync(string json)
    {
        var file = Path.Combine(_folder.Path, "refresh.json");
        await File.WriteAllTextAsync(file, json, Deadline.Token);
        return file;
    }
}
