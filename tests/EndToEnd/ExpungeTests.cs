using System.Text;
using Google.Protobuf;
using PlanServices.Actions.V1;
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
        await new GridService.GridServiceClient(server.Channel).ImportGridAsync(
            new ImportGridRequest
            {
                Parent = "plans/fenland",
                Period = "2018-10",
                Content = ByteString.CopyFromUtf8(
                    $"Theme,Ref,Priority action,Delivery lead,Key delivery activities,Status\nVictims,V1,Answer calls,Constabulary,We rang {Secret} twice.,Green\n"),
                CreateMissing = true,
                RequestId = Guid.CreateVersion7().ToString(),
            },
            cancellationToken: Deadline.Token);
        Assert.Contains(Secret, await ReportAsync(server, 1), StringComparison.Ordinal);

        var answer = await new PlanService.PlanServiceClient(server.Channel).ExpungeAsync(
            new ExpungeRequest { Name = "plans/fenland", Text = Secret, Reason = "A victim's name." }, cancellationToken: Deadline.Token);

        Assert.Equal(1, answer.CurrentOccurrences);
        Assert.Contains("We rang [expunged] twice.", await ReportAsync(server, answer.Revision), StringComparison.Ordinal);
        // Reporting compacts its own database a moment after it has followed.
        var deadline = Deadline.Token;
        while (Files(folder.Path) is [_, ..] files)
        {
            Assert.False(deadline.IsCancellationRequested, $"{string.Join(", ", files)} still has the name.");
            await Task.Yield();
        }
    }

    private static async Task<string> ReportAsync(StandaloneProcess server, long revision)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/plans/fenland/periods/2018-10:renderReport?format=FORMAT_CSV");
        request.Headers.Add("planservices-min-revision", $"{revision}");
        using var answer = await server.Http.SendAsync(request, Deadline.Token);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Deadline.Token);
    }

    private static string[] Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray()).Contains(Secret, StringComparison.OrdinalIgnoreCase);
    })];
}
