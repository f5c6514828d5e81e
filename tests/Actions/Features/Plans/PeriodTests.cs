using Google.Protobuf.WellKnownTypes;
using Google.Type;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using PlanServices.Actions.Tests.Features.Grid.Editing;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;
using UpdateState = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Tests.Features.Plans;

public class PeriodTests
{
    [Fact]
    public async Task CreatePeriod_WithDates_KeepsThemAndTheMeeting()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var made = await server.OpenAsync("2019-01", r => r.Period = new Period
        {
            OpenDate = Day(2019, 1, 7),
            DueDate = Day(2019, 1, 25),
            Meeting = new Meeting { DisplayName = "Coordination Board", Date = Day(2019, 2, 7) },
        });

        Assert.Equal(("January 2019", Day(2019, 1, 31), Period.Types.State.Open), (made.DisplayName, made.AsAtDate, made.State));
        Assert.Equal((Day(2019, 1, 7), Day(2019, 1, 25), Day(2019, 2, 7)), (made.OpenDate, made.DueDate, made.Meeting.Date));
        Assert.Equal(made, await server.Plans.GetPeriodAsync(new GetPeriodRequest { Name = made.Name }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task CreatePeriod_DatesThatCannotBe_NamesEach()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument,
            "ERROR_REASON_INVALID_FIELD",
            () => server.OpenAsync("2019-02", r => r.Period = new Period
            {
                AsAtDate = Day(2019, 3, 1),
                OpenDate = Day(2019, 2, 30),
                DueDate = Day(2019, 2, 3),
                Meeting = new Meeting { Date = Day(0, 4, 1) },
            }),
            "period.open_date",
            "period.meeting.date",
            "period.as_at_date");
    }

    [Fact]
    public async Task CreatePeriod_DueBeforeItOpens_NamesField()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await ApiAssert.InvalidFieldAsync("period.due_date", () => server.OpenAsync(
            "2019-02", r => r.Period = new Period { OpenDate = Day(2019, 2, 4), DueDate = Day(2019, 2, 3) }));
    }

    [Fact]
    public async Task CreatePeriod_AfterReports_CarriesTheLastNarrativeOverAsDraft()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => u.Narrative = "In October nobody submitted this.");
        await server.SaveAsync("V2", u => (u.Narrative, u.Status) = ("A second leaflet.", ProgressUpdate.Types.Status.Red));
        await server.SubmitAsync("V2");

        await server.OpenAsync("2019-01");

        var drafts = (await server.Progress.ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = "plans/fenland/actions/-", Period = "2019-01" }, cancellationToken: Deadline.Token)).ProgressUpdates;
        Assert.Equal(
            [("V1", "The new desk is staffed.", "2018-07"), ("V2", "A second leaflet.", "2018-10"), ("T1", "Two sites are shared.", "2018-07")],
            drafts.Select(d => (d.Name.Split('/')[3], d.Narrative, d.CarriedOverFrom.Split('/')[^1])));
        Assert.All(drafts, d => Assert.Equal(
            (UpdateState.Draft, ProgressUpdate.Types.Status.Unspecified, ProgressUpdate.Types.Direction.Unspecified, null),
            (d.State, d.Status, d.Direction, d.SubmitTime)));
    }

    [Fact]
    public async Task ImportGrid_MakesAPeriod_CarriesNothingOver()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await server.ImportCsvAsync("fenland", "2019-01", Grids.Header + "Victims,V1,Answer calls sooner,NP,Constabulary,Done.,Green,,,\n");

        var updates = await server.Progress.ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = "plans/fenland/actions/-", Period = "2019-01" }, cancellationToken: Deadline.Token);
        Assert.Equal([UpdateState.Submitted], updates.ProgressUpdates.Select(u => u.State));
    }

    [Fact]
    public async Task LockPeriod_Locked_RefusesEveryWriteToIt()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => u.Narrative = "Text.");
        var import = await server.ImportCsvAsync("fenland", "2018-10", Grids.Header + "Victims,V2,Keep victims informed,NP,OPCC,A poster hangs.,Green,,,\n");
        var edited = OfflineGrids.Edit(
            await OfflineGrids.ExportAsync(server, Format.Csv), Format.Csv, ("A poster hangs.", "Two posters hang."));

        var locked = await server.LockAsync("2018-10");

        Assert.Equal(Period.Types.State.Locked, locked.State);
        Assert.NotNull(locked.LockTime);
        Assert.Equal(locked.Revision, locked.LockRevision);
        var writes = new Func<Task>[]
        {
            () => server.SaveAsync("V1", u => u.Narrative = "Other."),
            () => server.SubmitAsync("V1"),
            () => server.ReturnAsync("V1", "Say more."),
            () => server.ApproveAsync("V1"),
            async () => await server.Progress.SetWithheldFieldsAsync(
                new SetWithheldFieldsRequest { Name = ActionsServer.NameOf("V1") }, cancellationToken: Deadline.Token),
            async () => await server.Plans.UpdatePeriodAsync(
                new UpdatePeriodRequest { Period = new Period { Name = locked.Name, DisplayName = "Autumn" } }, cancellationToken: Deadline.Token),
            () => server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes),
            () => OfflineGrids.SendBackAsync(server, edited),
            async () => await server.Grids.UndoImportAsync(
                new UndoImportRequest { Parent = "plans/fenland", Revision = import.Revision }, cancellationToken: Deadline.Token),
        };
        foreach (var write in writes)
        {
            var info = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_PERIOD_LOCKED", write);
            Assert.Equal(locked.Name, info.Metadata["resource"]);
        }

        Assert.Equal(("Text.", "A poster hangs."), ((await server.GetAsync("V1")).Narrative, (await server.GetAsync("V2")).Narrative));
    }

    [Fact]
    public async Task LockPeriod_LockedAlready_SaysSo()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.LockAsync("2018-10");

        var info = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_STATE_NOT_ALLOWED", () => server.LockAsync("2018-10"));

        Assert.Equal(("STATE_LOCKED", "STATE_OPEN"), (info.Metadata["state"], info.Metadata["allowed_states"]));
    }

    [Fact]
    public async Task CreatePeriod_ControlCharacterInTheMeetingsName_NamesTheField()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await ApiAssert.InvalidFieldAsync(
            "period.meeting.display_name", () => server.OpenAsync("2019-01", r => r.Period.Meeting = new Meeting { DisplayName = "Board\u0007" }));
    }

    [Fact]
    public async Task ReopenPeriod_WithReason_TakesWritesAgain()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.LockAsync("2018-10");
        var request = new ReopenPeriodRequest { Name = "plans/fenland/periods/2018-10" };
        await ApiAssert.InvalidFieldAsync("reason", async () => await server.Plans.ReopenPeriodAsync(request, cancellationToken: Deadline.Token));

        request.Reason = "A lead was ill.";
        var reopened = await server.Plans.ReopenPeriodAsync(request, cancellationToken: Deadline.Token);

        Assert.Equal((Period.Types.State.Open, "A lead was ill.", null, 0), (reopened.State, reopened.ReopenReason, reopened.LockTime, reopened.LockRevision));
        await server.SaveAsync("V1", u => u.Narrative = "Text.");
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition,
            "ERROR_REASON_STATE_NOT_ALLOWED",
            async () => await server.Plans.ReopenPeriodAsync(request, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task UpdatePeriod_MaskedField_IsTheOnlyOneChanged()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var before = await server.OpenAsync("2019-01", r => r.Period.DueDate = Day(2019, 1, 25));

        var changed = await server.Plans.UpdatePeriodAsync(
            new UpdatePeriodRequest
            {
                Period = new Period { Name = before.Name, DisplayName = "Winter", Etag = before.Etag },
                UpdateMask = FieldMask.FromString("due_date"),
            },
            cancellationToken: Deadline.Token);

        Assert.Equal((before.DisplayName, null), (changed.DisplayName, changed.DueDate));
        Assert.NotEqual(before.Etag, changed.Etag);
    }

    [Fact]
    public async Task ListOwedUpdates_SubActionWithoutATitle_HasItsParents()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-07", Grids.Header + "Victims,V1.1,Answer calls sooner,NP,Constabulary,Staffed.,Green,,,\nVictims,V1.2,,NP,OPCC,Asked.,Green,,,\n");
        await server.OpenAsync("2018-10");

        var owed = await server.Progress.ListOwedUpdatesAsync(new ListOwedUpdatesRequest { Parent = "plans/fenland/periods/2018-10" }, cancellationToken: Deadline.Token);

        Assert.Equal([("V1.1", "Answer calls sooner"), ("V1.2", "Answer calls sooner")], owed.OwedUpdates.Select(o => (o.PlanAction.Ref, o.Title)));
    }

    [Fact]
    public async Task ListOwedUpdates_AfterTheDueDate_CountsTheDays()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2018, 10, 22, 23, 0, 0, TimeSpan.Zero));
        await using var server = await ActionsServer.StartAsync(time: time);
        await server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes);
        await server.OpenAsync("2018-10", r => r.Period.DueDate = Day(2018, 10, 22));
        await server.SubmitAsync("V1");
        await server.SubmitAsync("V2");
        await server.ReturnAsync("V2", "Say more.");
        var request = new ListOwedUpdatesRequest { Parent = "plans/fenland/periods/2018-10" };

        var inTime = await server.Progress.ListOwedUpdatesAsync(request, cancellationToken: Deadline.Token);
        time.Advance(TimeSpan.FromHours(49));
        var late = await server.Progress.ListOwedUpdatesAsync(request, cancellationToken: Deadline.Token);

        Assert.Equal([("V2", UpdateState.Returned, 0), ("T1", UpdateState.Draft, 0)], Of(inTime));
        Assert.Equal([("V2", UpdateState.Returned, 3), ("T1", UpdateState.Draft, 3)], Of(late));
        Assert.Equal((2, 3, "Say more."), (late.TotalSize, late.TotalLeaves, late.OwedUpdates[0].ReturnReason));
        request.PageSize = 1;
        var first = await server.Progress.ListOwedUpdatesAsync(request, cancellationToken: Deadline.Token);
        request.PageToken = first.NextPageToken;
        var second = await server.Progress.ListOwedUpdatesAsync(request, cancellationToken: Deadline.Token);
        Assert.Equal(["V2", "T1"], Of(first).Concat(Of(second)).Select(o => o.Ref));
        Assert.Empty(second.NextPageToken);

        static IEnumerable<(string Ref, UpdateState State, int Late)> Of(ListOwedUpdatesResponse response) =>
            response.OwedUpdates.Select(o => (o.PlanAction.Ref, o.State, o.DaysLate));
    }

    [Fact]
    public async Task ListOwedUpdates_RetiredAction_OwesNothing()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.Actions.RetirePlanActionAsync(
            new RetirePlanActionRequest { Name = "plans/fenland/actions/V1", Reason = "It is done." }, cancellationToken: Deadline.Token);

        var owed = await server.Progress.ListOwedUpdatesAsync(
            new ListOwedUpdatesRequest { Parent = "plans/fenland/periods/2018-10" }, cancellationToken: Deadline.Token);

        Assert.Equal(["V2", "T1"], owed.OwedUpdates.Select(o => o.PlanAction.Ref));
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_NO_LEAF", () => server.SaveAsync("V1", u => u.Narrative = "Text."));
    }

    [Fact]
    public async Task CreatePeriod_TextThatWasWithheld_IsWithheldInItsDraft()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SubmitAsync("V1");
        var withheld = await server.Progress.SetWithheldFieldsAsync(
            new SetWithheldFieldsRequest
            {
                Name = ActionsServer.NameOf("V1"),
                Withheld = { new WithheldField { Field = "narrative", Reason = "An investigation goes on." } },
            },
            cancellationToken: Deadline.Token);

        await server.OpenAsync("2019-01");

        var draft = await server.Progress.GetProgressUpdateAsync(
            new GetProgressUpdateRequest { Name = ActionsServer.NameOf("V1", "2019-01") }, cancellationToken: Deadline.Token);
        Assert.Equal((withheld.Narrative, withheld.Withheld), (draft.Narrative, draft.Withheld));
    }

    [Fact]
    public async Task CreatePeriod_LeafThatIsComplete_GetsNoDraftAndOwesNothing()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes.Replace("is staffed.,Green", "is staffed.,Complete", StringComparison.Ordinal));
        await server.OpenAsync("2018-10");
        var request = new ListOwedUpdatesRequest { Parent = "plans/fenland/periods/2018-10" };

        var owed = await server.Progress.ListOwedUpdatesAsync(request, cancellationToken: Deadline.Token);

        Assert.Equal(["V2", "T1"], owed.OwedUpdates.Select(o => o.PlanAction.Ref));
        Assert.Equal((2, 3, 1), (owed.TotalSize, owed.TotalLeaves, owed.TotalComplete));
        await ApiAssert.NotFoundAsync(() => server.GetAsync("V1"));

        // Who reports all the same takes it up again, and what is returned is owed.
        await server.SaveAsync("V1", u => u.Status = ProgressUpdate.Types.Status.Amber);
        await server.SubmitAsync("V1");
        await server.OpenAsync("2019-01");
        await server.ReturnAsync("V1", "Is it not done?");
        Assert.Contains((await server.Progress.ListOwedUpdatesAsync(request, cancellationToken: Deadline.Token)).OwedUpdates, o => o.PlanAction.Ref == "V1");
        request.Parent = "plans/fenland/periods/2019-01";
        Assert.Equal(1, (await server.Progress.ListOwedUpdatesAsync(request, cancellationToken: Deadline.Token)).TotalComplete);
        await server.SubmitAsync("V1");
        Assert.Equal((3, 0), await server.Progress.ListOwedUpdatesAsync(request, cancellationToken: Deadline.Token) is var again ? (again.TotalSize, again.TotalComplete) : default);
    }

    private static Date Day(int year, int month, int day) => new() { Year = year, Month = month, Day = day };
}
