using System.Collections.Concurrent;
using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.EndToEnd.Tests.Access;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

public class ExpungeTests
{
    private const string Secret = "Zebediah Quillfeather";

    [Fact]
    public async Task Expunge_TextThatReportsHave_IsInNoFileOfTheSuiteAnyMore()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StandaloneProcess.StartAsync(folder.Path);
        await ImportAsync(server, $"Constabulary,We rang {Secret} twice.,Green");
        Assert.Contains(Secret, await ReportAsync(server, 1), StringComparison.Ordinal);

        var answer = await new PlanService.PlanServiceClient(server.Channel).ExpungeAsync(
            new ExpungeRequest { Name = "plans/fenland", Text = Secret, Reason = "A victim's name." }, cancellationToken: Deadline.Token);

        Assert.Equal(1, answer.CurrentOccurrences);
        Assert.Contains("We rang [expunged] twice.", await ReportAsync(server, answer.Revision), StringComparison.Ordinal);
        await OnlyInAsync(folder);
    }

    [Fact]
    public async Task ExpungeCommand_LeadThatAPublishedReportHas_NamesTheReportAndNothingElseHasIt()
    {
        using var folder = new TemporaryFolder();
        var log = new ConcurrentQueue<string>();
        await using (var server = await StandaloneProcess.StartAsync(folder.Path, arguments: LogTests.Loud, log: log.Enqueue))
        {
            string[] address = ["--address", server.Grpc.ToString()];
            string[] october = ["--plan", "fenland", "--period", "2018-10", .. address];
            await ImportAsync(server, $"{Secret},We answered,Green");
            Assert.Equal(0, (await CliProcess.RunAsync(["lock", .. october])).Code);
            Assert.Equal(0, (await CliProcess.RunAsync(["publish", .. october])).Code);
            Assert.Equal(Secret, Assert.Single(await UnmatchedAsync(server)).Text);
            string[] words = ["expunge", "--plan", "fenland", "--reason", "A victim's name.", .. address];

            var other = await CliProcess.AnswerAsync(Secret.Replace("Quill", "\nGoose", StringComparison.Ordinal), [.. words, "--dry-run"]);
            var tried = await CliProcess.AnswerAsync(Secret, [.. words, "--dry-run"]);
            var expunged = await CliProcess.AnswerAsync(Secret, words);
            var lost = await CliProcess.AnswerAsync(Secret, ["expunge", "--plan", "fenland", "--reason", "A victim's name.", "--address", "http://127.0.0.1:1"]);
            var none = await CliProcess.AnswerAsync("", words);

            Assert.True(other.Code == 0, other.Said);
            Assert.StartsWith("Not found, neither in the plan and its history ", other.Said, StringComparison.Ordinal);
            Assert.True(tried.Code == 0, tried.Said);
            Assert.StartsWith("Found: 2 in the plan as it is, ", tried.Said, StringComparison.Ordinal);
            Assert.Contains("\n    Report 1: 2018-10 for the board, version 1, published.\n", tried.Said, StringComparison.Ordinal);
            Assert.True(expunged.Code == 0, expunged.Said);
            Assert.StartsWith("Removed: 2 in the plan as it is, ", expunged.Said, StringComparison.Ordinal);
            Assert.Contains(", 1 in the directory's review list ", expunged.Said, StringComparison.Ordinal);
            Assert.Contains("\n    plans/fenland/actions/V1\n", expunged.Said, StringComparison.Ordinal);
            Assert.Contains("\n    Report 1: 2018-10 for the board, version 1, published.\n'plan withdraw' ", expunged.Said, StringComparison.Ordinal);
            Assert.Equal((1, "plan: No text was given.\n"), none);
            Assert.Equal(1, lost.Code);
            Assert.StartsWith("It may be done in part: run the command again until it does not fail.\nplan: No PlanServices answers ", lost.Said, StringComparison.Ordinal);
            Assert.Empty(await UnmatchedAsync(server));
            await OnlyInAsync(folder, "publications.db");

            await CliProcess.RunAsync(["withdraw", "--plan", "fenland", "--number", "1", "--reason", "It named a victim.", .. address]);
            var again = await CliProcess.AnswerAsync(Secret, words);

            Assert.Contains("No published report holds the text.", again.Said, StringComparison.Ordinal);
            await OnlyInAsync(folder);
        }

        Assert.NotEmpty(log);
        Assert.DoesNotContain(log, l => l.Contains(Secret, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task ImportAsync(StandaloneProcess server, string row) => await new GridService.GridServiceClient(server.Channel).ImportGridAsync(
        new ImportGridRequest
        {
            Parent = "plans/fenland",
            Period = "2018-10",
            Content = ByteString.CopyFromUtf8(
                $"Theme,Ref,Priority action,Delivery lead,Key delivery activities,Status\nVictims,V1,Answer calls,{row}\n"),
            CreateMissing = true,
            RequestId = Guid.CreateVersion7().ToString(),
        },
        cancellationToken: Deadline.Token);

    private static async Task<IReadOnlyList<LeadReview>> UnmatchedAsync(StandaloneProcess server) =>
        (await new PartnerService.PartnerServiceClient(server.Channel).ListUnmatchedLeadsAsync(
            new ListUnmatchedLeadsRequest { ShowSettled = true }, cancellationToken: Deadline.Token)).LeadReviews;

    private static async Task<string> ReportAsync(StandaloneProcess server, long revision)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/plans/fenland/periods/2018-10:renderReport?format=FORMAT_CSV");
        request.Headers.Add("planservices-min-revision", $"{revision}");
        using var answer = await server.Http.SendAsync(request, Deadline.Token);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Deadline.Token);
    }

    // Reporting compacts its own database a moment after it has followed.
    private static async Task OnlyInAsync(TemporaryFolder folder, params string[] databases)
    {
        var deadline = Deadline.Token;
        while (folder.FilesWith(Secret).Where(f => !databases.Any(d => Path.GetFileName(f).StartsWith(d, StringComparison.Ordinal))).ToArray() is [_, ..] files)
        {
            Assert.False(deadline.IsCancellationRequested, $"{string.Join(", ", files)} still has the name.");
            await Task.Yield();
        }
    }
}
