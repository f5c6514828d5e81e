using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.Grid;

public class UndoImportTests
{
    [Fact]
    public async Task UndoImport_NothingBuiltOnIt_AllIsAsBefore()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        var before = await StateAsync(server);
        var imported = await server.ImportCsvAsync(
            "fenland",
            "2018-10",
            Grids.TwoThemes.Replace("Answer calls sooner", "Answer all calls", StringComparison.Ordinal)
                .Replace("Two sites", "Three sites", StringComparison.Ordinal)
                + "Communities,C1,Walk the beat,NP,Constabulary,Beats were walked.,Green,,,\nCommunities,C2.1,Talk,NP,Constabulary,Talked.,Red,,,\n");

        var undone = await UndoAsync(server, imported.Revision);

        Assert.Equal(before, await StateAsync(server));
        Assert.Contains("plans/fenland/actions/C2", undone.Removed);
        Assert.Contains("plans/fenland/themes/communities", undone.Removed);
        Assert.Contains("plans/fenland/actions/V1", undone.Restored);
        Assert.Equal(imported.Revision + 1, undone.Revision);

        var history = await server.Progress.ListProgressUpdateRevisionsAsync(
            new ListProgressUpdateRevisionsRequest { Name = ActionsServer.NameOf("C1") }, cancellationToken: Deadline.Token);
        Assert.Null(history.Revisions[0].ProgressUpdate);
        var source = history.Revisions[0].Provenance.Source;
        Assert.Equal((ChangeSource.Types.Kind.Undo, imported.Revision), (source.Kind, source.UndoneRevision));
    }

    [Fact]
    public async Task UndoImport_ALaterImportOfTheSameRowsWasUndone_IsUndoneAsWell()
    {
        await using var server = await ActionsServer.StartAsync();
        var first = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        var second = await server.ImportCsvAsync(
            "fenland", "2018-10", Grids.TwoThemes.Replace("Two sites", "Three sites", StringComparison.Ordinal));
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, first.Revision));
        await UndoAsync(server, second.Revision);

        await UndoAsync(server, first.Revision);

        Assert.Empty((await server.Actions.ListPlanActionsAsync(
            new ListPlanActionsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token)).PlanActions);
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, first.Revision));
    }

    [Fact]
    public async Task UndoImport_ThenImportAgain_MakesItAnew()
    {
        await using var server = await ActionsServer.StartAsync();
        var first = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);

        await UndoAsync(server, first.Revision);
        var second = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);

        Assert.Equal((3, 2, 3), (second.Created, second.CreatedThemes, second.CreatedActions));
    }

    [Fact]
    public async Task UndoImport_UpdateWasChangedSince_NamesIt()
    {
        await using var server = await ActionsServer.StartAsync();
        var imported = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        await server.ApproveAsync("V1");
        var before = await StateAsync(server);

        var info = await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, imported.Revision));

        Assert.Equal(ActionsServer.NameOf("V1"), info.Metadata["resource"]);
        Assert.Equal(before, await StateAsync(server));
    }

    [Fact]
    public async Task UndoImport_NextPeriodStandsOnIt_NamesWhatDoes()
    {
        await using var server = await ActionsServer.StartAsync();
        var imported = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        await server.OpenAsync("2019-01");

        var info = await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, imported.Revision));

        Assert.EndsWith("/updates/2019-01", info.Metadata["resource"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task UndoImport_NextPeriodWasDeleted_TakesItsOwnPeriodAway()
    {
        await using var server = await ActionsServer.StartAsync();
        var imported = await server.ImportCsvAsync("fenland", "2108-10", Grids.TwoThemes);
        await server.OpenAsync("2109-01");
        await server.DeletePeriodAsync("2109-01");

        var undone = await UndoAsync(server, imported.Revision);

        Assert.Contains("plans/fenland/periods/2108-10", undone.Removed);
        Assert.Empty((await server.Plans.ListPeriodsAsync(new ListPeriodsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token)).Periods);
    }

    [Fact]
    public async Task UndoImport_ItsPeriodWasGivenDatesSince_ThePeriodStaysEmpty()
    {
        await using var server = await ActionsServer.StartAsync();
        var imported = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        var dated = await server.Plans.UpdatePeriodAsync(
            new UpdatePeriodRequest { Period = new Period { Name = "plans/fenland/periods/2018-10", DisplayName = "Autumn" } }, cancellationToken: Deadline.Token);

        var undone = await UndoAsync(server, imported.Revision);

        Assert.DoesNotContain(dated.Name, undone.Removed);
        // Three updates, three actions, two themes.
        Assert.Equal(8, undone.TotalRemoved);
        Assert.Equal(dated, await server.Plans.GetPeriodAsync(new GetPeriodRequest { Name = dated.Name }, cancellationToken: Deadline.Token));
        Assert.Equal(0, (await server.DeletePeriodAsync("2018-10")).DeletedDrafts);
    }

    [Fact]
    public async Task UndoImport_ItsPeriodWasLockedSince_IsRefusedAlsoOnceItIsOpenAgain()
    {
        await using var server = await ActionsServer.StartAsync();
        var imported = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        const string Period = "plans/fenland/periods/2018-10";
        await server.Plans.LockPeriodAsync(new LockPeriodRequest { Name = Period }, cancellationToken: Deadline.Token);
        await server.Plans.ReopenPeriodAsync(new ReopenPeriodRequest { Name = Period, Reason = "A figure was wrong." }, cancellationToken: Deadline.Token);

        var refusal = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, imported.Revision));

        Assert.Equal(Period, refusal.Metadata["resource"]);
        var said = await Assert.ThrowsAsync<RpcException>(() => UndoAsync(server, imported.Revision));
        Assert.StartsWith($"{Period} was locked after the import", said.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UndoImport_IntoAnOpenedPeriod_ThePeriodCanBeDeleted()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var imported = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes.Replace("Two sites", "Three sites", StringComparison.Ordinal));
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOT_DELETABLE", () => server.DeletePeriodAsync("2018-10"));

        await UndoAsync(server, imported.Revision);

        Assert.Equal(3, (await server.DeletePeriodAsync("2018-10")).DeletedDrafts);
    }

    [Fact]
    public async Task UndoImport_WhatItChangedWasCarriedOver_NamesTheDraft()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        var changed = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes.Replace("Two sites", "Three sites", StringComparison.Ordinal));
        await server.OpenAsync("2019-01");

        var info = await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, changed.Revision));

        Assert.Equal(ActionsServer.NameOf("T1", "2019-01"), info.Metadata["resource"]);
    }

    [Fact]
    public async Task UndoImport_LaterTextPointsToWhatItMade_NamesTheText()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var imported = await server.ImportCsvAsync("fenland", "2018-07", Grids.Header + "Victims,V3,Ask victims,NP,Constabulary,Asked.,Green,,,\n");
        await server.SaveAsync("V1", u => u.Narrative = "Better, see also V3.");

        var info = await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, imported.Revision));

        Assert.Equal(ActionsServer.NameOf("V1"), info.Metadata["resource"]);
    }

    [Fact]
    public async Task UndoImport_RefreshProposesSomethingForWhatItMade_NamesTheRefresh()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var imported = await server.ImportCsvAsync("fenland", "2018-07", Grids.Header + "Victims,V3,Ask victims,NP,Constabulary,Asked.,Green,,,\n");
        await server.Refreshes.CreatePlanRefreshAsync(
            new CreatePlanRefreshRequest
            {
                Parent = "plans/fenland",
                PlanRefreshId = "spring",
                PlanRefresh = new PlanRefresh
                {
                    DisplayName = "Spring refresh",
                    Paper = new Paper { Reference = "Item 4" },
                    Items = { new RefreshItem { RetireAction = new RetireAction { PlanAction = "plans/fenland/actions/V3" } } },
                },
            },
            cancellationToken: Deadline.Token);

        var info = await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, imported.Revision));

        Assert.Equal("plans/fenland/refreshes/spring", info.Metadata["resource"]);
    }

    [Fact]
    public async Task UndoImport_LeadsWereOnlyLinkedSince_IsUndone()
    {
        using var folder = new TemporaryFolder();
        long revision;
        await using (var alone = await ActionsServer.StartAsync(folder.Path))
            revision = (await alone.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes)).Revision;

        await using var directory = await FakeDirectory.StartAsync();
        await using var server = await ActionsServer.StartAsync(folder.Path, partners: directory.Addresses.Grpc);
        using (var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token))
        {
            while (await watch.ResponseStream.MoveNext(Deadline.Token) && watch.ResponseStream.Current.Revision <= revision)
            {
                // Until the leads are linked, which is a revision of its own.
            }
        }

        var undone = await UndoAsync(server, revision);

        Assert.Contains("plans/fenland/actions/V1", undone.Removed);
        Assert.Empty((await server.Actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token)).PlanActions);
    }

    [Fact]
    public async Task UndoImport_ManyRows_CountsThemAll()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-07", Grids.OfRows(1200));
        var imported = await server.ImportCsvAsync(
            "fenland", "2018-10", Grids.OfRows(1200).Replace("Walk beat", "Walk the beat", StringComparison.Ordinal));

        var undone = await UndoAsync(server, imported.Revision);

        // The updates and their period; the actions.
        Assert.Equal((1000, 1201, 1000, 1200), (undone.Removed.Count, undone.TotalRemoved, undone.Restored.Count, undone.TotalRestored));
    }

    [Fact]
    public async Task UndoImport_NoImport_Refused()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var saved = await server.SaveAsync("V1", u => u.Narrative = "Text.");

        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, saved.Revision));
        await ApiAssert.InvalidFieldAsync("revision", () => UndoAsync(server, 999));
        await ApiAssert.InvalidFieldAsync("revision", () => UndoAsync(server, 0));
    }

    private static async Task<UndoImportResponse> UndoAsync(ActionsServer server, long revision) => await server.Grids.UndoImportAsync(
        new UndoImportRequest { Parent = "plans/fenland", Revision = revision }, cancellationToken: Deadline.Token);

    // All that the plan holds, without what counts its changes.
    private static async Task<string> StateAsync(ActionsServer server)
    {
        var actions = await server.Actions.ListPlanActionsAsync(new ListPlanActionsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        var updates = await server.Progress.ListProgressUpdatesAsync(
            new ListProgressUpdatesRequest { Parent = "plans/fenland/actions/-" }, cancellationToken: Deadline.Token);
        var themes = await server.Plans.ListThemesAsync(new ListThemesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        foreach (var action in actions.PlanActions)
            (action.Etag, action.Revision, action.UpdateTime) = ("", 0, null);
        foreach (var update in updates.ProgressUpdates)
            (update.Etag, update.Revision, update.UpdateTime) = ("", 0, null);
        return $"{themes}\n{actions}\n{updates}";
    }
}
