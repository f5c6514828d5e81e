using System.Collections.Concurrent;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

public class BackupTests
{
    private const int Leaves = 20;
    private const int Writers = 4;

    [Fact]
    public async Task Restore_BackupMadeWhileWritersWrite_ComesBackAsOfOneMoment()
    {
        using var folder = new TemporaryFolder();
        var (data, backup) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "backup"));
        var before = new Dictionary<long, ProgressUpdate>();
        var written = new ConcurrentDictionary<long, ProgressUpdate>();
        var token = "";
        await using (var server = await StandaloneProcess.StartAsync(data))
        {
            await ImportAsync(server);
            using var stop = new CancellationTokenSource();
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var writing = Enumerable.Range(0, Writers).Select(w => WriteAsync(server, w, written, enough, stop.Token)).ToArray();
            await enough.Task.WaitAsync(Deadline.Token);
            before = new(written);
            var (code, said) = await CliProcess.RunAsync("admin", "backup", backup, "--data", data);
            Assert.True(code == 0, said);
            Assert.All(["actions.db", "partners.db", "publications.db", "reporting.db"], name => Assert.Contains(name, said, StringComparison.Ordinal));

            // What is written from here on is not in it.
            var after = written.Count;
            while (written.Count < after + Writers)
                await Task.Yield();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            token = await TokenAsync(server);

            (code, said) = await CliProcess.RunAsync("admin", "restore", backup, "--data", data);
            Assert.Equal(1, code);
            Assert.Contains("in use", said, StringComparison.Ordinal);
            Assert.Equal(written.Keys.Max(), await FenlandPlan.HeadAsync(server.Channel));
        }

        var restored = await CliProcess.RunAsync("admin", "restore", backup, "--data", data);
        Assert.True(restored.Code == 0, restored.Said);
        Assert.Single(Directory.GetDirectories(data, "before-restore-*"));

        await using var again = await StandaloneProcess.StartAsync(data);
        var head = await FenlandPlan.HeadAsync(again.Channel);
        Assert.InRange(head, before.Keys.Max(), written.Keys.Max() - 1);
        var expected = written.Where(w => w.Key <= head).GroupBy(w => w.Value.Name).ToDictionary(g => g.Key, g => g.MaxBy(w => w.Key).Value.Narrative);
        var stored = await new ProgressService.ProgressServiceClient(again.Channel).ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = "plans/fenland/actions/-", Period = "2019-01", PageSize = 1000 }, cancellationToken: Deadline.Token);
        Assert.Equal(expected, stored.ProgressUpdates.Where(u => u.Narrative.Length > 0).ToDictionary(u => u.Name, u => u.Narrative));

        // A watcher that saw more than was restored must begin anew; reporting did, and everything can be written again.
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_RESUME_TOKEN_EXPIRED", async () =>
        {
            using var watch = Watch(again, token);
            await watch.ResponseStream.MoveNext(Deadline.Token);
        }, "resume_token");
        await WriteOneAsync(again, 0, 0);
        var summary = await new ReportService.ReportServiceClient(again.Channel).GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = "plans/fenland/periods/2018-10/summary" }, cancellationToken: Deadline.Token);
        Assert.Equal(Leaves, summary.Total.Leaves);
    }

    [Fact]
    public async Task Restore_DamagedBackup_RefusedAndNothingChanged()
    {
        using var folder = new TemporaryFolder();
        var (data, backup) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "backup"));
        await using (var server = await StandaloneProcess.StartAsync(data))
        {
            await ImportAsync(server);
            Assert.Equal(0, (await CliProcess.RunAsync("admin", "backup", backup, "--data", data)).Code);
        }

        var file = Path.Combine(backup, "actions.db");
        var bytes = await File.ReadAllBytesAsync(file, Deadline.Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Deadline.Token);
        var here = await File.ReadAllBytesAsync(Path.Combine(data, "actions.db"), Deadline.Token);

        var (code, said) = await CliProcess.RunAsync("admin", "restore", backup, "--data", data);

        Assert.Equal(1, code);
        Assert.Contains("damaged", said, StringComparison.Ordinal);
        Assert.Equal(here, await File.ReadAllBytesAsync(Path.Combine(data, "actions.db"), Deadline.Token));
        Assert.Empty(Directory.GetDirectories(data, "before-restore-*"));
    }

    [Fact]
    public async Task Backup_NoDatabases_SaysWhichFolder()
    {
        using var folder = new TemporaryFolder();
        var (code, said) = await CliProcess.RunAsync("admin", "backup", Path.Combine(folder.Path, "backup"), "--data", folder.Path);
        Assert.Equal(1, code);
        Assert.Contains(folder.Path, said, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(
        StandaloneProcess server, int writer, ConcurrentDictionary<long, ProgressUpdate> written, TaskCompletionSource enough, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var saved = await WriteOneAsync(server, writer, i);
            written[saved.Revision] = saved;
            if (written.Count >= 100)
                enough.TrySetResult();
        }
    }

    private static async Task<ProgressUpdate> WriteOneAsync(StandaloneProcess server, int writer, int number) =>
        await new ProgressService.ProgressServiceClient(server.Channel).SaveProgressUpdateAsync(
            new SaveProgressUpdateRequest
            {
                ProgressUpdate = new ProgressUpdate
                {
                    Name = $"plans/fenland/actions/C{(writer + (number * Writers)) % Leaves + 1}/updates/2019-01",
                    Narrative = $"Writer {writer}, write {number}.",
                },
            },
            cancellationToken: Deadline.Token);

    private static async Task<string> TokenAsync(StandaloneProcess server)
    {
        using var watch = Watch(server, "");
        while (await watch.ResponseStream.MoveNext(Deadline.Token) && watch.ResponseStream.Current.ResumeToken.Length == 0)
        {
            // Until the snapshot is whole.
        }

        return watch.ResponseStream.Current.ResumeToken;
    }

    private static AsyncServerStreamingCall<WatchChangesResponse> Watch(StandaloneProcess server, string token) =>
        new ActionService.ActionServiceClient(server.Channel).WatchChanges(
            new WatchChangesRequest { Parent = "plans/fenland", ResumeToken = token }, cancellationToken: Deadline.Token);

    private static async Task ImportAsync(StandaloneProcess server)
    {
        await FenlandPlan.ImportAsync(server.Channel, Leaves);
        await FenlandPlan.OpenJanuaryAsync(server.Channel);
    }
}
