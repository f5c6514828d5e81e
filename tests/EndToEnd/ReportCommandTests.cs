using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

/// <summary>An officer's reports from a terminal: the sample plan of a running suite, shown, compared, published, corrected and withdrawn.</summary>
public sealed class ReportCommandTests(ReportCommandTests.Suite suite) : IClassFixture<ReportCommandTests.Suite>
{
    private static readonly string[] July = ["--plan", "sample", "--period", "2018-07"];
    private static readonly string[] October = ["--plan", "sample", "--period", "2018-10"];

    [Fact]
    public async Task Grid_OfTheSample_ShowsPeriodsTrendHowLongItIsRedAndTheKey()
    {
        var (code, said) = await RunAsync("grid", "--plan", "sample", "--periods", "2");

        Assert.Equal(0, code);
        Assert.Matches(@"Ref\tAction\t2018-07\t2018-10\tTrend\tRed for", said);
        Assert.Matches(@"O1\.1\t.*\t▲ A ↔\t■ R ↓\t↘ worse\t1 period", said);
        Assert.Matches(@"T10\t.*\t■ R ↓\t▲ A ↑\t↗ better\t\n", said);
        Assert.Contains("■ R Red   ▲ A Amber   ● G Green", said, StringComparison.Ordinal);
        var one = await RunAsync("grid", "--plan", "sample", "--period", "2018-07");
        Assert.DoesNotContain("2018-10", one.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attention_OfTheSample_BeginsWithTheMostUrgentAndCountsThem()
    {
        var (code, said) = await RunAsync(["attention", .. October]);

        Assert.Equal((code, said), await RunAsync("attention", "--plan", "sample"));
        Assert.Equal(0, code);
        var scores = said.Split('\n').Select(l => l.Split('\t', ' ')[0]).Where(w => int.TryParse(w, out _)).Select(int.Parse).ToArray();
        Assert.True(scores.Length > 2, said);
        // The last line counts them: "12 of 44 actions".
        Assert.Equal(scores[..^1].OrderDescending(), scores[..^1]);
        Assert.Equal(scores.Length - 1, scores[^1]);
        Assert.Matches(@"1\d\d\tO1\.1\t.*\tIt is red: ", said);
    }

    [Fact]
    public async Task Compare_OfTheSample_MarksWhatCameAndWent()
    {
        var (code, said) = await RunAsync(["compare", .. October]);

        Assert.Equal((code, said), await RunAsync("compare", "--plan", "sample"));
        Assert.Equal(0, code);
        Assert.Contains("    status: Red → Amber", said, StringComparison.Ordinal);
        Assert.Matches(@"narrative: .*\{\+.+\+\}", said);
        Assert.Matches(@"\d+ of 44 actions differ between July 2018 and October 2018\.", said);
    }

    [Fact]
    public async Task Publish_LockedPeriod_IsDownloadedTheSameUntilItIsWithdrawn()
    {
        var early = await RunAsync(["publish", .. July]);
        await RunAsync(["lock", .. July]);
        var tried = await RunAsync(["publish", .. July, "--dry-run"]);
        var none = await RunAsync("reports", "--plan", "sample");
        var published = await RunAsync(["publish", .. July, "--marking", "official"]);
        var first = await DownloadAsync("1", "docx");
        await RunAsync(["reopen", .. July, "--reason", "A wrong date."]);
        await RunAsync(["return", "V1.1", .. July, "--reason", "A wrong date."]);
        await RunAsync(["update", "V1.1", .. July, "--narrative", "Another text."]);
        await RunAsync(["lock", .. July]);
        var corrected = await RunAsync(["publish", .. July, "--corrects", "1", "--note", "A wrong date."]);
        var again = await DownloadAsync("1", "docx");
        var second = await DownloadAsync("2", "markdown");
        var withdrawn = await RunAsync("withdraw", "--plan", "sample", "--number", "1", "--reason", "It named a witness.");
        var gone = await RunAsync("download", "--plan", "sample", "--number", "1", "-o", Path.Combine(suite.Folder, "gone"));
        var listed = await RunAsync("reports", "--plan", "sample");

        Assert.Equal((1, "plan: plans/sample/periods/2018-07 is open; lock it, then publish its report.\n"), early);
        Assert.Contains("A dry run: nothing was stored.", tried.Said, StringComparison.Ordinal);
        Assert.Equal("Nothing was published yet.\n", none.Said);
        Assert.Contains("Report 1: 2018-07 for the board, version 1, published.", published.Said, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(first)), published.Said, StringComparison.Ordinal);
        Assert.Equal(first, again);
        Assert.Contains("Another text.", System.Text.Encoding.UTF8.GetString(second), StringComparison.Ordinal);
        Assert.Contains("Report 2: 2018-07 for the board, version 2, published.\nIt corrects report 1: A wrong date.\n", corrected.Said, StringComparison.Ordinal);
        Assert.Contains("version 1, withdrawn: It named a witness.\n", withdrawn.Said, StringComparison.Ordinal);
        Assert.Equal((1, "plan: plans/sample/reports/1 was withdrawn: It named a witness.\n"), gone);
        Assert.False(File.Exists(Path.Combine(suite.Folder, "gone")));
        Assert.Matches(@"(?s)\n2\t2018-07\tboard\t2\t.*\n1\t2018-07\tboard\t1\t", listed.Said);
    }

    [Theory]
    [InlineData("plan: There is no plans/nowhere.\n", "grid", "--plan", "nowhere")]
    [InlineData("plan: There is no plans/nowhere.\n", "reports", "--plan", "nowhere")]
    [InlineData("plan: periods: 99 is not 1 to 60.\n", "grid", "--plan", "sample", "--periods", "99")]
    [InlineData("plan: There is no plans/sample/periods/2030-01.\n", "attention", "--plan", "sample", "--period", "2030-01")]
    [InlineData("plan: base_period: 2018-10 is not before 2018-10.\n", "compare", "--plan", "sample", "--period", "2018-10", "--since", "2018-10")]
    [InlineData("plan: There is no plans/sample/reports/9.\n", "download", "--plan", "sample", "--number", "9", "-o", "-")]
    [InlineData("plan: protective_marking: What is OFFICIAL-SENSITIVE is not for the public.\n", "report", "--plan", "sample", "--period", "2018-10", "--audience", "public", "--marking", "official-sensitive", "-o", "-")]
    public async Task Command_ThatCannotBe_SaysWhyInOneSentence(string sentence, params string[] words) =>
        Assert.Equal((1, sentence), await RunAsync(words));

    private async Task<byte[]> DownloadAsync(string number, string format)
    {
        var file = Path.Combine(suite.Folder, $"{number}.{format}");
        var (code, said) = await RunAsync("download", "--plan", "sample", "--number", number, "--format", format, "-o", file);
        Assert.True(code == 0, said);
        return await File.ReadAllBytesAsync(file, Deadline.Token);
    }

    private Task<(int Code, string Said)> RunAsync(params string[] words) => CliProcess.RunAsync([.. words, "--address", suite.Address]);

    /// <summary>The suite over the sample plan, for all these tests.</summary>
    public sealed class Suite : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();
        private StandaloneProcess _server = null!;

        public string Folder => _folder.Path;

        public string Address => _server.Grpc.ToString();

        public async ValueTask InitializeAsync() => _server = await StandaloneProcess.StartAsync(Path.Combine(Folder, "data"), sample: true);

        public async ValueTask DisposeAsync()
        {
            await _server.DisposeAsync();
            _folder.Dispose();
        }
    }
}
