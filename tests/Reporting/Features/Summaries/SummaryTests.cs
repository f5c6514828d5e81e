using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Reporting.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Reporting.Tests.Messages;
using Date = Google.Type.Date;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Tests.Features.Summaries;

public sealed class SummaryTests
{
    private static readonly Date Ended = new() { Year = 2018, Month = 9, Day = 30 };

    [Fact]
    public async Task Get_LeadsBelowABoard_AreRolledUpOnTheDayOnce()
    {
        await using var server = await ReportingServer.StartAsync(prepare: d => d.With(
            FakeDirectory.Relation("1", "group", Relation.Types.Kind.SubgroupOf, "board"),
            FakeDirectory.Relation("2", "police", Relation.Types.Kind.AccountableTo, "board"),
            FakeDirectory.Relation("3", "council", Relation.Types.Kind.SubgroupOf, "board", end: Ended),
            FakeDirectory.Relation("4", "council", Relation.Types.Kind.MemberOf, "board")));
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(
            Leaf("V1", Led("police", "group")), Leaf("V2", Led("group")), Leaf("V3", Led("council")), Leaf("V4"), Update("V1", Status.Red))));

        var summary = await server.SummaryAsync(1);

        Assert.Equal(DirectoryState.Current, summary.Directory);
        Assert.Equal(
            ["County Constabulary 1/1", "County Council 1/1", "Safety Board 0/2", "Victims Group 2/2", " 1/-"],
            summary.Leads.Select(l => $"{l.DisplayName} {l.Tally.Leaves}/{l.RolledUpTally?.Leaves.ToString() ?? "-"}"));
        var board = summary.Leads.Single(l => l.Partner == "partners/board");
        Assert.Equal((1, 1), (board.RolledUpTally.Statuses.Red, board.RolledUpTally.Statuses.NotRecorded));
        Assert.Equal(["partners/board"], summary.Leads.Single(l => l.Partner == "partners/police").Parents);
    }

    [Fact]
    public async Task Get_ActionsRetiredOrDividedSince_CountInThePeriodsInWhichTheyReported()
    {
        await using var server = await ReportingServer.StartAsync();
        var watch = await server.Catalogue.NextAsync();
        var later = new Change { Period = new Period { Name = $"{PlanName}/periods/2019-01", DisplayName = "January 2019" } };
        watch.Send(Snapshot(1, Plan(
            later, Leaf("V1"), Leaf("V2"), Leaf("V3"), Update("V1", Status.Red), Update("V2", Status.Green),
            Update("V3", Status.Unspecified, u => (u.State, u.CarriedOverFrom) = (State.Draft, $"{PlanName}/periods/2018-07")))));
        var before = await server.SummaryAsync(1);

        watch.Send(Changes(
            2,
            Leaf("V1", a => a.State = PlanAction.Types.State.Retired),
            Leaf("V2", a => a.Leaf = false),
            Leaf("V2.1", a => a.ParentAction = $"{PlanName}/actions/V2"),
            Leaf("V3", a => a.State = PlanAction.Types.State.Retired)));
        var after = await server.SummaryAsync(2);

        Assert.Equal((1, 1), (before.Total.Statuses.Red, before.Total.Statuses.Green));
        Assert.Equal((1, 1), (after.Total.Statuses.Red, after.Total.Statuses.Green));
        // V2.1 is asked now; V3 had only a text that was carried over.
        Assert.Equal((3, 3), (before.Total.Leaves, after.Total.Leaves));
        var report = ProgressReport.Parser.ParseJson(await server.RenderAsync(Format.Json));
        Assert.Equal(["V1", "V2", "V2.1"], report.Rows.Select(r => r.Ref));
        Assert.Equal(report.Summary.Total, after.Total);
        var next = await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = $"{PlanName}/periods/2019-01/summary" }, ReportingServer.Least("2"), cancellationToken: Deadline.Token);
        Assert.Equal((1, 1), (next.Total.Leaves, next.Total.Statuses.NotRecorded));
        var grid = await server.Reports.GetStatusGridAsync(new GetStatusGridRequest { Parent = PlanName, Periods = 1 }, ReportingServer.Least("2"), cancellationToken: Deadline.Token);
        Assert.Equal(["V2.1"], grid.Rows.Select(r => r.Ref));
    }

    [Fact]
    public async Task Get_DirectoryOutOfReach_ServesFiguresUnrolledAndSaysSo()
    {
        await using var server = await ReportingServer.StartAsync(directory: false);
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1", Led("police")))));

        var summary = await server.SummaryAsync(1);

        Assert.Equal(DirectoryState.OutOfReach, summary.Directory);
        var lead = Assert.Single(summary.Leads);
        Assert.Equal(("as written police", 1, null), (lead.DisplayName, lead.Tally.Leaves, lead.RolledUpTally));
    }

    [Fact]
    public async Task Get_DirectoryLostLater_ShowsWhatWasReadLastAndSaysSo()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1", Led("police")))));
        Assert.Equal(DirectoryState.Current, (await server.SummaryAsync(1)).Directory);

        server.Directory.Break();

        StatusSummary summary;
        do
        {
            summary = await server.SummaryAsync();
        }
        while (summary.Directory == DirectoryState.Current);
        Assert.Equal((DirectoryState.Stale, "County Constabulary"), (summary.Directory, summary.Leads[0].DisplayName));
    }

    [Fact]
    public async Task Get_FormerName_IsTheNameOfTheDay()
    {
        await using var server = await ReportingServer.StartAsync(prepare: d => d.With(FakeDirectory.Body(
            "police", "Eastern Police", p => p.FormerNames.Add(new FormerName { DisplayName = "County Constabulary", EndDate = new Date { Year = 2020, Month = 1, Day = 1 } }))));
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(
            Leaf("V1", Led("police")), new Change { Period = new Period { Name = "plans/county/periods/2021-10", DisplayName = "October 2021" } })));

        Assert.Equal("County Constabulary", (await server.SummaryAsync(1)).Leads[0].DisplayName);
        var later = await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = "plans/county/periods/2021-10/summary" }, cancellationToken: Deadline.Token);
        Assert.Equal("Eastern Police", later.Leads[0].DisplayName);
    }

    [Fact]
    public async Task Get_ParentOfSubActions_StandsAsTheWorstAndSaysWhich()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(
            Leaf("O2", a => a.Leaf = false), Sub("O2.1"), Sub("O2.2"), Sub("O2.3"), Sub("O2.4"),
            Update("O2.1", Status.Green), Update("O2.2", Status.Amber), Update("O2.3", Status.NotRated))));

        var parent = Assert.Single((await server.SummaryAsync(1)).Parents);

        Assert.Equal(("O2", Status.Amber, "O2.2", 4, 2), (parent.Ref, parent.Status, parent.WorstRef, parent.Leaves, parent.WithoutStatus));
    }

    [Fact]
    public async Task Get_NotRatedAndNotRecorded_AreCountedApart()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(
            Leaf("V1"), Leaf("V2"), Leaf("V3"), Update("V1", Status.NotRated), Update("V2", Status.Unspecified))));

        var counts = (await server.SummaryAsync(1)).Total.Statuses;

        Assert.Equal((1, 2, 0), (counts.NotRated, counts.NotRecorded, counts.Green));
    }

    [Fact]
    public async Task Get_OtherAudiences_CountApprovedOnlyAndSayWhatIsNotShown()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(
            Leaf("V1"), Leaf("V2"), Leaf("V3"), Leaf("V4"),
            Update("V1", Status.Red, u => u.State = State.Approved),
            Update("V2", Status.Red, u => u.State = State.Returned),
            Update("V3", Status.Red))));

        Assert.Equal((3, 0, 1, 0), Counted(await For(Audience.Unspecified)));
        Assert.Equal((1, 2, 1, 2), Counted(await For(Audience.Panel)));
        Assert.Equal((1, 2, 1, 2), Counted(await For(Audience.Public)));

        async Task<StatusSummary> For(Audience audience) => await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = $"{PeriodName}/summary", Audience = audience }, ReportingServer.Least("1"), cancellationToken: Deadline.Token);
        static (int Red, int NotShown, int NoUpdate, int StateNotShown) Counted(StatusSummary s) =>
            (s.Total.Statuses.Red, s.Total.Statuses.NotShown, s.Total.States.NoUpdate, s.Total.States.NotShown);
    }

    [Fact]
    public async Task Get_WithheldStatus_IsShownToThePanelOnly()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan(Leaf("V1"), Update("V1", Status.Red, u =>
        {
            u.State = State.Approved;
            u.Withheld.Add(new WithheldField { Field = "status", Reason = "Live case." });
        }))));
        await server.SummaryAsync(1);

        var panel = await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = $"{PeriodName}/summary", Audience = Audience.Panel }, cancellationToken: Deadline.Token);
        var open = await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = $"{PeriodName}/summary", Audience = Audience.Public }, cancellationToken: Deadline.Token);
        Assert.Equal((1, 0), (panel.Total.Statuses.Red, panel.Total.Statuses.NotShown));
        Assert.Equal((0, 1, 1), (open.Total.Statuses.Red, open.Total.Statuses.NotShown, open.Total.States.Approved));
    }

    [Theory]
    [InlineData("plans/county", "name")]
    [InlineData("", "name")]
    public async Task Get_NameOfAnotherForm_NamesTheField(string name, string field)
    {
        await using var server = await ReportingServer.StartAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = name }, cancellationToken: Deadline.Token));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains(field, error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownAudience_NamesTheField()
    {
        await using var server = await ReportingServer.StartAsync();
        (await server.Catalogue.NextAsync()).Send(Snapshot(1, Plan()));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Reports.GetStatusSummaryAsync(
            new GetStatusSummaryRequest { Name = $"{PeriodName}/summary", Audience = (Audience)9 }, cancellationToken: Deadline.Token));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.StartsWith("audience", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithRebuild_ForgetsTheModelAndFollowsFromNothing()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await ReportingServer.StartAsync(folder.Path))
        {
            (await first.Catalogue.NextAsync()).Send(Snapshot(3, Plan(Leaf("V1"), Leaf("V2"))));
            await first.SummaryAsync(3);
        }

        await using var second = await ReportingServer.StartAsync(folder.Path, rebuild: true);
        var watch = await second.Catalogue.NextAsync();
        Assert.Equal("", watch.Request.ResumeToken);
        watch.Send(Snapshot(2, Plan(Leaf("V1"))));
        Assert.Equal((1, 2), ((await second.SummaryAsync(2)).Total.Leaves, (await second.SummaryAsync(2)).Revision));
    }

    private static Action<PlanAction> Led(params string[] partners) => action =>
        action.DeliveryLeads.AddRange(partners.Select(p => new DeliveryLead { Partner = $"partners/{p}", Text = $"as written {p}" }));

    private static Change Sub(string reference) => Leaf(reference, a => a.ParentAction = $"{PlanName}/actions/O2");
}
