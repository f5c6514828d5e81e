using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Kind = PlanServices.Actions.V1.WatchChangesResponse.Types.Kind;

namespace PlanServices.Actions.Tests.Features.Changes;

public class WatchChangesTests
{
    [Fact]
    public async Task WatchChanges_OfAPlan_SnapshotThenCheckpointThenChanges()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.CreatePlanAsync("fenland");
        await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);

        var snapshot = await NextAsync(watch);
        var checkpoint = await NextAsync(watch);
        await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes.Replace("Green", "Red", StringComparison.Ordinal));
        var changes = await NextAsync(watch);

        Assert.Equal((Kind.Snapshot, true, true, 2), (snapshot.Kind, snapshot.Reset, snapshot.Consistent, snapshot.Revision));
        Assert.Equal(
            [Change.ResourceOneofCase.Plan, Change.ResourceOneofCase.Theme, Change.ResourceOneofCase.Period,
                Change.ResourceOneofCase.PlanAction, Change.ResourceOneofCase.ProgressUpdate],
            snapshot.Changes.Select(c => c.ResourceCase).Distinct());
        Assert.Equal((Kind.Checkpoint, 2), (checkpoint.Kind, checkpoint.Revision));
        Assert.Equal((Kind.Changes, true, 3), (changes.Kind, changes.Consistent, changes.Revision));
        Assert.All(changes.Changes, c => Assert.Equal((3, "clients/test"), (c.Revision, c.Caller)));
        Assert.All(changes.Changes, c => Assert.Equal(ProgressUpdate.Types.Status.Red, c.ProgressUpdate.Status));
    }

    [Fact]
    public async Task WatchChanges_Resumed_GoesOnWhereItStood()
    {
        using var folder = new TemporaryFolder();
        string token;
        await using (var server = await ActionsServer.StartAsync(folder.Path))
        {
            await server.CreatePlanAsync("fenland");
            using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/-" }, cancellationToken: Deadline.Token);
            token = (await NextAsync(watch)).ResumeToken;
            await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
            await server.CreatePlanAsync("huntingdonshire");
        }

        await using var again = await ActionsServer.StartAsync(folder.Path);
        using var resumed = again.Actions.WatchChanges(
            new WatchChangesRequest { Parent = "plans/-", ResumeToken = token }, cancellationToken: Deadline.Token);
        var changes = await NextAsync(resumed);
        var other = await NextAsync(resumed);

        Assert.Equal(("plans/fenland", Kind.Changes, 2), (changes.Plan, changes.Kind, changes.Revision));
        Assert.Equal(("plans/huntingdonshire", Kind.Snapshot), (other.Plan, other.Kind));
        Assert.Equal(Kind.Checkpoint, (await NextAsync(resumed)).Kind);
    }

    [Fact]
    public async Task WatchChanges_TokenOfAnotherDatabase_Expired()
    {
        string token;
        await using (var other = await ActionsServer.StartAsync())
        {
            using var watch = other.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/-" }, cancellationToken: Deadline.Token);
            token = (await NextAsync(watch)).ResumeToken;
        }

        await using var server = await ActionsServer.StartAsync();
        await ApiAssert.FailsAsync(
            StatusCode.FailedPrecondition, "ERROR_REASON_RESUME_TOKEN_EXPIRED", () => FirstAsync(server, "plans/-", token), "resume_token");
    }

    [Fact]
    public async Task WatchChanges_TokenOfAnotherParent_NamesField()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.CreatePlanAsync("fenland");
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/-" }, cancellationToken: Deadline.Token);
        var token = (await NextAsync(watch)).ResumeToken;

        await ApiAssert.InvalidFieldAsync("resume_token", () => FirstAsync(server, "plans/fenland", token));
        await ApiAssert.InvalidFieldAsync("resume_token", () => FirstAsync(server, "plans/-", "AAAA"));
    }

    [Fact]
    public async Task WatchChanges_UnknownPlan_NotFound()
    {
        await using var server = await ActionsServer.StartAsync();

        await ApiAssert.NotFoundAsync(() => FirstAsync(server, "plans/nowhere", ""));
    }

    [Fact]
    public async Task WatchChanges_LargeImport_ComesInPartsOfOneRevision()
    {
        await using var server = await ActionsServer.StartAsync();
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/-" }, cancellationToken: Deadline.Token);
        await NextAsync(watch);
        await server.CreatePlanAsync("fenland");
        Assert.Equal(Kind.Snapshot, (await NextAsync(watch)).Kind);
        Assert.Equal(Kind.Checkpoint, (await NextAsync(watch)).Kind);

        var imported = await server.ImportCsvAsync("fenland", "2018-10", Grids.OfRows(300));
        List<WatchChangesResponse> parts = [];
        do
            parts.Add(await NextAsync(watch));
        while (!parts[^1].Consistent);

        Assert.Equal(300, imported.Created);
        Assert.True(parts.Count > 1);
        Assert.All(parts[..^1], p => Assert.Empty(p.ResumeToken));
        Assert.All(parts, p => Assert.Equal(imported.Revision, p.Revision));
        Assert.Equal(300, parts.SelectMany(p => p.Changes).Count(c => c.ProgressUpdate is not null));
    }

    private static async Task<WatchChangesResponse> NextAsync(AsyncServerStreamingCall<WatchChangesResponse> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(Deadline.Token));
        return call.ResponseStream.Current;
    }

    private static async Task FirstAsync(ActionsServer server, string parent, string token)
    {
        using var watch = server.Actions.WatchChanges(
            new WatchChangesRequest { Parent = parent, ResumeToken = token }, cancellationToken: Deadline.Token);
        await watch.ResponseStream.MoveNext(Deadline.Token);
    }
}
