using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Partners.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Summaries;

public sealed class WatchSummaryTests
{
    [Fact]
    public async Task Watch_Changes_PushesWhatAltersAFigureAndNothingElse()
    {
        await using var server = await ReportingServer.StartAsync();
        var catalogue = (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1"), Update("V1", Status.Red))));
        using var watch = Watch(server);
        Assert.Equal(1, (await NextAsync(watch)).Total.Statuses.Red);

        // The first alters no figure of the period.
        catalogue.Send(Changes(2, Update("V1", Status.Red, u => u.Narrative = "New words.")));
        await server.SummaryAsync(2);
        catalogue.Send(Changes(3, Update("V1", Status.Green)));

        var pushed = await NextAsync(watch);
        Assert.Equal((3, 0, 1), (pushed.Revision, pushed.Total.Statuses.Red, pushed.Total.Statuses.Green));
    }

    [Fact]
    public async Task Watch_Change_IsPushedWithinASecond()
    {
        // The clock stands still but for what the test gives it: less than a second in all, however busy the machine is.
        var time = new FakeTimeProvider(Start);
        await using var server = await ReportingServer.StartAsync(time: time);
        var catalogue = (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1"), Update("V1", Status.Red))));
        using var watch = Watch(server);
        await NextAsync(watch);

        catalogue.Send(Changes(2, Update("V1", Status.Green)));
        await server.SummaryAsync(2);

        var pushed = NextAsync(watch);
        for (var given = 0; given < 3 && !pushed.IsCompleted; given++)
        {
            time.Advance(TimeSpan.FromMilliseconds(300));
            // Where the watcher had not begun to wait, it does now, and takes the next.
            await Task.WhenAny(pushed, Task.Delay(TimeSpan.FromSeconds(5), Deadline.Token));
        }

        Assert.True(pushed.IsCompleted, "0.9 seconds after the change the summary was not there.");
        var summary = await pushed;
        Assert.Equal((2, 1), (summary.Revision, summary.Total.Statuses.Green));
    }

    [Fact]
    public async Task Watch_Burst_IsOneMessageOrFew()
    {
        await using var server = await ReportingServer.StartAsync();
        var catalogue = (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()));
        using var watch = Watch(server);
        await NextAsync(watch);

        catalogue.Send([.. Enumerable.Range(2, 200).Select(i => Changes(i, Leaf($"V{i}")))]);

        var messages = 0;
        StatusSummary pushed;
        do
        {
            pushed = await NextAsync(watch);
            messages++;
        }
        while (pushed.Total.Leaves < 200);
        Assert.InRange(messages, 1, 50);
    }

    [Fact]
    public async Task Watch_ChangeInTheDirectory_IsPushedToo()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1", a => a.DeliveryLeads.Add(
            new PlanServices.Actions.V1.DeliveryLead { Partner = "partners/police", Text = "Police" })))));
        await server.SummaryAsync(1);
        using var watch = Watch(server);
        await NextAsync(watch);

        server.Directory.Send(FakeDirectory.Relation("9", "police", Relation.Types.Kind.AccountableTo, "board"));

        Assert.Contains((await NextAsync(watch)).Leads, l => l.Partner == "partners/board" && l.RolledUpTally.Leaves == 1);
    }

    [Fact]
    public async Task Watch_UnknownPeriod_IsNotFound()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()), Checkpoint("c"));
        await server.SummaryAsync(1);
        using var watch = server.Reports.WatchStatusSummary(
            new WatchStatusSummaryRequest { Name = "plans/county/periods/2030-01/summary" }, cancellationToken: Deadline.Token);

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => NextAsync(watch))).StatusCode);
    }

    private static AsyncServerStreamingCall<StatusSummary> Watch(ReportingServer server) => server.Reports.WatchStatusSummary(
        new WatchStatusSummaryRequest { Name = $"{PeriodName}/summary" }, cancellationToken: Deadline.Token);

    private static async Task<StatusSummary> NextAsync(AsyncServerStreamingCall<StatusSummary> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        return watch.ResponseStream.Current;
    }
}
