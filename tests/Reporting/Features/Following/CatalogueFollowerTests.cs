using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Following;

public sealed class CatalogueFollowerTests
{
    [Fact]
    public async Task Follow_SnapshotThenChanges_ShowsTheNewest()
    {
        await using var server = await ReportingServer.StartAsync();
        var watch = await server.Catalogue.NextAsync();
        Assert.Equal(("plans/-", ""), (watch.Request.Parent, watch.Request.ResumeToken));

        watch.Send(Snapshot(4, Plan(Leaf("V1"), Update("V1", Status.Red))), Changes(5, Update("V1", Status.Green), Leaf("V2")));

        var summary = await server.SummaryAsync(5);
        Assert.Equal((2, 0, 1, 1), (summary.Total.Leaves, summary.Total.Statuses.Red, summary.Total.Statuses.Green, summary.Total.States.NoUpdate));
        Assert.Equal((5, Start.AddMinutes(5)), (summary.Revision, summary.UpdateTime.ToDateTime()));
    }

    [Fact]
    public async Task Follow_TextThatWasOnlyCarriedOver_IsNoReport()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1"), Update("V1", Status.Unspecified, u =>
        {
            (u.Narrative, u.State, u.CarriedOverFrom) = ("Last quarter's text.", ProgressUpdate.Types.State.Draft, "plans/county/periods/2018-07");
            u.CrossReferences.Add("plans/county/actions/V1");
        }))));

        Assert.Equal(1, (await server.SummaryAsync(1)).Total.States.Draft);
        var report = await server.Host.Http.GetStringAsync(new Uri($"/v1/{PeriodName}:renderReport?format=FORMAT_HTML", UriKind.Relative), Deadline.Token);
        Assert.DoesNotContain("Last quarter", report, StringComparison.Ordinal);
        Assert.DoesNotContain("See also", report, StringComparison.Ordinal);
        Assert.Contains("0 of 1 actions have reported.", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_ResetSnapshot_ForgetsWhatIsNotInIt()
    {
        await using var server = await ReportingServer.StartAsync();
        var watch = await server.Catalogue.NextAsync();

        watch.Send(Snapshot(4, Plan(Leaf("V1"), Leaf("V2"))), Snapshot(6, Plan()).Part(), Snapshot(6, Leaf("V3")).Later());

        Assert.Equal(1, (await server.SummaryAsync(6)).Total.Leaves);
    }

    [Fact]
    public async Task Follow_Deletion_RemovesTheResource()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1"), Leaf("V2"))), Changes(2, Deleted("V1"), Deleted("V9")));

        Assert.Equal(1, (await server.SummaryAsync(2)).Total.Leaves);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Follow_StreamEndsInTheMiddle_ResumesBehindTheLastWholeState(bool broken)
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync())
            .Send(Snapshot(1, Plan(Leaf("V1"))), Changes(2, Leaf("V2")).Part())
            .End(broken ? new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "gone")) : null);

        var again = await server.Catalogue.NextAsync();
        Assert.Equal("after 1", again.Request.ResumeToken);
        Assert.Equal(1, (await server.SummaryAsync(1)).Total.Leaves);

        again.Send(Changes(2, Leaf("V2"), Leaf("V3")));
        Assert.Equal(3, (await server.SummaryAsync(2)).Total.Leaves);
    }

    [Fact]
    public async Task Follow_ExpiredToken_BeginsAnewFromNothing()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(7, Plan(Leaf("V1"), Leaf("V2")))).End();
        (await server.Catalogue.NextAsync()).End(new ApiException(StatusCode.FailedPrecondition, ErrorReason.ResumeTokenExpired, "expired"));

        var anew = await server.Catalogue.NextAsync();
        Assert.Equal("", anew.Request.ResumeToken);
        Assert.Equal("Unhealthy", await server.HealthAsync());
        anew.Send(Snapshot(2, Plan(Leaf("V3"))));

        var summary = await server.SummaryAsync(2);
        Assert.Equal((1, 2), (summary.Total.Leaves, summary.Revision));
    }

    [Fact]
    public async Task Follow_TokenOfAnotherForm_BeginsAnew()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(7, Plan())).End();
        (await server.Catalogue.NextAsync()).End(ApiErrors.InvalidField("resume_token", "It is none."));

        Assert.Equal("", (await server.Catalogue.NextAsync()).Request.ResumeToken);
    }

    [Fact]
    public async Task Follow_OtherPreconditionFails_KeepsTheToken()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(7, Plan())).End();
        (await server.Catalogue.NextAsync()).End(new RpcException(new Grpc.Core.Status(StatusCode.FailedPrecondition, "something else")));

        Assert.Equal("after 7", (await server.Catalogue.NextAsync()).Request.ResumeToken);
    }

    [Fact]
    public async Task Follow_Restart_ResumesAndShowsWhatWasStored()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await ReportingServer.StartAsync(folder.Path))
        {
            (await first.Catalogue.NextAsync()).Send(Snapshot(3, Plan(Leaf("V1"))), Checkpoint("after all"));
            await HealthyAsync(first);
        }

        await using var second = await ReportingServer.StartAsync(folder.Path);
        Assert.Equal("after all", (await second.Catalogue.NextAsync()).Request.ResumeToken);
        Assert.Equal(1, (await second.SummaryAsync(3)).Total.Leaves);
    }

    [Fact]
    public async Task Health_BeforeDuringAndAfter_SaysHowOldTheAnswersAre()
    {
        await using var server = await ReportingServer.StartAsync();
        var watch = await server.Catalogue.NextAsync();
        Assert.Equal("Unhealthy", await server.HealthAsync());

        watch.Send(Snapshot(1, Plan()), Checkpoint("c"));
        await HealthyAsync(server);

        watch.End(new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "gone")));
        var again = await server.Catalogue.NextAsync();
        Assert.Equal("Degraded", await server.HealthAsync());

        again.Send(Checkpoint("d"));
        await HealthyAsync(server);
    }

    [Fact]
    public async Task Follow_Silence_WatchesAgain()
    {
        var time = new FakeTimeProvider();
        await using var server = await ReportingServer.StartAsync(time: time);
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()));
        await server.SummaryAsync(1);

        var again = server.Catalogue.NextAsync().AsTask();
        while (!again.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("after 1", (await again).Request.ResumeToken);
    }

    [Fact]
    public async Task Follow_ChangeThatCannotBeStored_IsLoggedAndTriedAgain()
    {
        await using var server = await ReportingServer.StartAsync();
        server.Host.Errors.Expect(e => e.Contains("could not be taken over", StringComparison.Ordinal));
        var message = Changes(2, Leaf("V1"));
        message.Changes[0].ChangeTime.Seconds = long.MaxValue;
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()), message);

        var again = await server.Catalogue.NextAsync();
        Assert.Equal("after 1", again.Request.ResumeToken);
        again.Send(Changes(2, Leaf("V1")));
        Assert.Equal(1, (await server.SummaryAsync(2)).Total.Leaves);
    }

    private static async Task HealthyAsync(ReportingServer server)
    {
        var deadline = Deadline.Token;
        while (await server.HealthAsync() != "Healthy")
            deadline.ThrowIfCancellationRequested();
    }
}
