using System.Net;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Kind = PlanServices.Actions.V1.WatchChangesResponse.Types.Kind;

namespace PlanServices.Actions.Tests.Features.Plans;

public class PlanDeletionTests
{
    private const string Name = "plans/marshland";

    [Fact]
    public async Task DeletePlan_Empty_IsGoneWithItsThemes()
    {
        await using var server = await StartAsync();

        var deleted = await DeleteAsync(server);

        Assert.Equal((1, 3), (deleted.DeletedThemes, deleted.Revision));
        Assert.Equal(["plans/fenland"], (await server.Plans.ListPlansAsync(new ListPlansRequest(), cancellationToken: Deadline.Token)).Plans.Select(p => p.Name));
        await ApiAssert.NotFoundAsync(() => GetAsync(server));
        await ApiAssert.NotFoundAsync(() => DeleteAsync(server));
        await ApiAssert.NotFoundAsync(() => OpenAsync(server));
        await ApiAssert.NotFoundAsync(async () => await server.Plans.ListThemesAsync(new ListThemesRequest { Parent = Name }, cancellationToken: Deadline.Token));
        await ApiAssert.NotFoundAsync(async () => await server.Actions.ListPlanActionsAsync(
            new ListPlanActionsRequest { Parent = Name }, cancellationToken: Deadline.Token));
        await ApiAssert.NotFoundAsync(() => server.ImportCsvAsync("marshland", "2018-10", Grids.TwoThemes, r => r.CreateMissing = false));
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = Name }, cancellationToken: Deadline.Token);
        await ApiAssert.NotFoundAsync(() => watch.ResponseStream.MoveNext(Deadline.Token));
    }

    [Fact]
    public async Task DeletePlan_StaleEtag_Aborted()
    {
        await using var server = await StartAsync();
        await ApiAssert.FailsAsync(StatusCode.Aborted, "ERROR_REASON_STALE_ETAG", () => DeleteAsync(server, "7"));
        Assert.Equal(3, (await DeleteAsync(server, (await GetAsync(server)).Etag)).Revision);
    }

    [Fact]
    public async Task DeletePlan_WithAnything_SaysWhatItHasAndLeavesIt()
    {
        await using var server = await StartAsync();
        await OpenAsync(server);
        await server.Actions.CreatePlanActionAsync(
            new CreatePlanActionRequest { Parent = Name, PlanActionId = "M1", PlanAction = new PlanAction { Theme = $"{Name}/themes/moor", Title = "Walk" } },
            cancellationToken: Deadline.Token);
        await server.Actions.RetirePlanActionAsync(
            new RetirePlanActionRequest { Name = $"{Name}/actions/M1", Reason = "A mistake." }, cancellationToken: Deadline.Token);

        var refused = await Assert.ThrowsAsync<RpcException>(() => DeleteAsync(server));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.EndsWith(
            "it has actions (1), periods (1). Undo the imports that brought actions, and delete the periods; other actions, and refreshes, stay.", refused.Status.Detail);
        Assert.Equal(5, (await GetAsync(server)).HeadRevision);
    }

    [Fact]
    public async Task DeletePlan_AfterItsImportWasUndone_IsGone()
    {
        await using var server = await ActionsServer.StartAsync();
        var import = await server.ImportCsvAsync("marshland", "2018-10", Grids.TwoThemes);
        await server.Grids.UndoImportAsync(new UndoImportRequest { Parent = Name, Revision = import.Revision }, cancellationToken: Deadline.Token);

        Assert.Equal(3, (await DeleteAsync(server)).Revision);
    }

    [Fact]
    public async Task DeletePlan_Watched_IsToldToThoseAloneWhoKnewIt()
    {
        await using var server = await StartAsync();
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/-" }, cancellationToken: Deadline.Token);
        var token = (await NextAsync(watch, Kind.Checkpoint)).ResumeToken;

        await DeleteAsync(server);

        var told = await NextAsync(watch, Kind.Changes);
        Assert.Equal((Name, 3), (told.Plan, told.Revision));
        Assert.Equal([$"{Name}/themes/moor", Name], told.Changes.Select(c => c.Deleted));
        using var late = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/-", ResumeToken = token }, cancellationToken: Deadline.Token);
        Assert.Equal(told.Changes, (await NextAsync(late, Kind.Changes)).Changes);
        using var other = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/-" }, cancellationToken: Deadline.Token);
        Assert.Equal("plans/fenland", (await NextAsync(other, Kind.Snapshot)).Plan);
        Assert.Equal(Kind.Checkpoint, (await NextAsync(other, null)).Kind);
    }

    [Fact]
    public async Task CreatePlan_UnderTheIdOfADeletedOne_GoesOnWithItsRevisions()
    {
        await using var server = await StartAsync();
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = Name }, cancellationToken: Deadline.Token);
        await NextAsync(watch, Kind.Checkpoint);
        await DeleteAsync(server);

        var made = await server.CreatePlanAsync("marshland");

        Assert.Equal((4, "Plan marshland", ""), (made.Revision, made.DisplayName, made.Description));
        Assert.Empty((await server.Plans.ListThemesAsync(new ListThemesRequest { Parent = Name }, cancellationToken: Deadline.Token)).Themes);
        Assert.Equal(3, (await NextAsync(watch, Kind.Changes)).Revision);
        Assert.Equal("Plan marshland", (await NextAsync(watch, Kind.Changes)).Changes.Single().Plan.DisplayName);
        await DeleteAsync(server);
        Assert.Equal(6, (await server.ImportCsvAsync("marshland", "2018-10", Grids.TwoThemes)).Revision);
        Assert.Equal(3, (await server.Actions.ListPlanActionsAsync(
            new ListPlanActionsRequest { Parent = Name }, cancellationToken: Deadline.Token)).PlanActions.Count(a => a.Leaf));
    }

    [Fact]
    public async Task Expunge_DeletedPlan_TakesTheTextOutOfItsLog()
    {
        using var folder = new TemporaryFolder();
        await using var directory = await FakeDirectory.StartAsync();
        await using (var server = await ActionsServer.StartAsync(folder.Path, partners: directory.Addresses.Grpc))
        {
            await server.Plans.CreatePlanAsync(
                new CreatePlanRequest { PlanId = "marshland", Plan = new Plan { DisplayName = "Marshland", Description = "Ask Zoë Quillfeather." } },
                cancellationToken: Deadline.Token);
            await DeleteAsync(server);
            Assert.NotEmpty(folder.FilesWith("Quillfeather"));

            var expunged = await server.Plans.ExpungeAsync(
                new ExpungeRequest { Name = Name, Text = "Zoë Quillfeather", Reason = "Data protection." }, cancellationToken: Deadline.Token);

            Assert.Equal((0, 1, 3), (expunged.CurrentOccurrences, expunged.HistoryOccurrences, expunged.Revision));
            await ApiAssert.NotFoundAsync(() => GetAsync(server));
            Assert.Empty(folder.FilesWith("Quillfeather"));
        }
    }

    [Fact]
    public async Task DeletePlan_OverJson_AsOverGrpc()
    {
        await using var server = await StartAsync();
        using var deleted = await server.Host.Http.DeleteAsync(new Uri($"/v1/{Name}", UriKind.Relative), Deadline.Token);
        Assert.Contains("\"deletedThemes\":1", await deleted.Content.ReadAsStringAsync(Deadline.Token));
        using var again = await server.Host.Http.DeleteAsync(new Uri($"/v1/{Name}", UriKind.Relative), Deadline.Token);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    // One plan that is wanted, and one with a theme that is not.
    private static async Task<ActionsServer> StartAsync()
    {
        var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        await server.Plans.CreatePlanAsync(
            new CreatePlanRequest { PlanId = "marshland", Plan = new Plan { DisplayName = "Marshland", Description = "A slip." } }, cancellationToken: Deadline.Token);
        await server.Plans.CreateThemeAsync(
            new CreateThemeRequest { Parent = Name, ThemeId = "moor", Theme = new Theme { DisplayName = "The moor", RefPrefix = "M" } },
            cancellationToken: Deadline.Token);
        return server;
    }

    private static async Task<Plan> GetAsync(ActionsServer server) =>
        await server.Plans.GetPlanAsync(new GetPlanRequest { Name = Name }, cancellationToken: Deadline.Token);

    private static async Task<DeletePlanResponse> DeleteAsync(ActionsServer server, string etag = "") =>
        await server.Plans.DeletePlanAsync(new DeletePlanRequest { Name = Name, Etag = etag }, cancellationToken: Deadline.Token);

    private static async Task<Period> OpenAsync(ActionsServer server) => await server.Plans.CreatePeriodAsync(
        new CreatePeriodRequest { Parent = Name, PeriodId = "2018-10", Period = new Period() }, cancellationToken: Deadline.Token);

    private static async Task<WatchChangesResponse> NextAsync(AsyncServerStreamingCall<WatchChangesResponse> watch, Kind? kind)
    {
        do
            Assert.True(await watch.ResponseStream.MoveNext(Deadline.Token));
        while (kind is not null && watch.ResponseStream.Current.Kind != kind);
        return watch.ResponseStream.Current;
    }
}
