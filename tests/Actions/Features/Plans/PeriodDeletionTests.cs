using System.Net;
using Google.Protobuf;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Kind = PlanServices.Actions.V1.ChangeSource.Types.Kind;

namespace PlanServices.Actions.Tests.Features.Plans;

public class PeriodDeletionTests
{
    private const string Name = "plans/fenland/periods/2018-10";

    [Fact]
    public async Task DeletePeriod_OnlyCarriedOverDrafts_GoesWithThem()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var deleted = await server.DeletePeriodAsync("2018-10");

        Assert.Equal((3, 3), (deleted.DeletedDrafts, deleted.Revision));
        await ApiAssert.NotFoundAsync(() => server.GetAsync("V1"));
        await ApiAssert.NotFoundAsync(() => server.SaveAsync("V1", u => u.Narrative = "Text."));
        await ApiAssert.NotFoundAsync(() => server.DeletePeriodAsync("2018-10"));
        Assert.Equal(["plans/fenland/periods/2018-07"], await PeriodsAsync(server));
    }

    [Fact]
    public async Task DeletePeriod_ThenOpenedAgain_CarriesOverAgain()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.DeletePeriodAsync("2018-10");

        await server.OpenAsync("2018-10");

        Assert.Equal("The new desk is staffed.", (await server.GetAsync("V1")).Narrative);
        Assert.Equal(3, (await server.DeletePeriodAsync("2018-10")).DeletedDrafts);
    }

    [Fact]
    public async Task DeletePeriod_OpenedWithoutDrafts_IsGone()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.OpenAsync("2081-10", r => r.NoCarryOver = true);

        Assert.Equal(0, (await server.DeletePeriodAsync("2081-10")).DeletedDrafts);
    }

    [Fact]
    public async Task DeletePeriod_Watched_TellsOfEachDraftThenOfThePeriod()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        using var watch = server.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        await watch.ResponseStream.MoveNext(Deadline.Token);

        await server.DeletePeriodAsync("2018-10");

        do
            await watch.ResponseStream.MoveNext(Deadline.Token);
        while (watch.ResponseStream.Current.Kind != WatchChangesResponse.Types.Kind.Changes);
        Assert.Equal(
            [ActionsServer.NameOf("V1"), ActionsServer.NameOf("V2"), ActionsServer.NameOf("T1"), Name],
            watch.ResponseStream.Current.Changes.Select(c => c.Deleted));
        Assert.All(watch.ResponseStream.Current.Changes, c => Assert.Equal((Kind.Api, "clients/test"), (c.Source.Kind, c.Caller)));
    }

    [Fact]
    public async Task DeletePeriod_SomebodyWroteInIt_SaysWhereAndLeavesAll()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SubmitAsync("T1");
        await server.SaveAsync("V1", u => u.Narrative = "The new desk is staffed at night.");

        var refused = await Assert.ThrowsAsync<RpcException>(() => server.DeletePeriodAsync("2018-10"));
        var info = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOT_DELETABLE", () => server.DeletePeriodAsync("2018-10"));

        Assert.Equal($"{Name} cannot be deleted: 2 updates were written in it (V1, T1).", refused.Status.Detail);
        Assert.Equal((Name, "2"), (info.Metadata["resource"], info.Metadata["updates"]));
        Assert.Equal("A leaflet was printed. See also T1.", (await server.GetAsync("V2")).Narrative);
    }

    [Fact]
    public async Task DeletePeriod_ManyWrote_NamesAFew()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", Grids.OfRows(8));

        var refused = await Assert.ThrowsAsync<RpcException>(() => server.DeletePeriodAsync("2018-10"));

        Assert.Equal($"{Name} cannot be deleted: 8 updates were written in it (C1, C2, C3, C4, C5 and 3 more). An import brought them: undo that.", refused.Status.Detail);
    }

    [Fact]
    public async Task DeletePeriod_SomebodyWithheldAField_SaysWhere()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await WithholdAsync(server, "2018-07", "An investigation goes on.");
        await server.OpenAsync("2018-11");
        // What came with the text is in nobody's way.
        await WithholdAsync(server, "2018-11", "It names a victim.");
        await WithholdAsync(server, "2018-11", "An investigation goes on.");
        Assert.Equal(3, (await server.DeletePeriodAsync("2018-11")).DeletedDrafts);

        await WithholdAsync(server, "2018-10", "It names a victim.");

        var refused = await Assert.ThrowsAsync<RpcException>(() => server.DeletePeriodAsync("2018-10"));
        Assert.Equal($"{Name} cannot be deleted: 1 update was written in it (V1).", refused.Status.Detail);
    }

    [Fact]
    public async Task DeletePeriod_LockedOnce_IsRefused()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.LockAsync("2018-10");

        var locked = await Assert.ThrowsAsync<RpcException>(() => server.DeletePeriodAsync("2018-10"));
        await server.Plans.ReopenPeriodAsync(new ReopenPeriodRequest { Name = Name, Reason = "A lead was ill." }, cancellationToken: Deadline.Token);
        var reopened = await Assert.ThrowsAsync<RpcException>(() => server.DeletePeriodAsync("2018-10"));

        Assert.Equal($"{Name} cannot be deleted: it is locked, and what was reported in it stays.", locked.Status.Detail);
        Assert.Equal($"{Name} cannot be deleted: it was locked and reopened, and a report may have been published of it.", reopened.Status.Detail);
        await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOT_DELETABLE", () => server.DeletePeriodAsync("2018-10"));
    }

    [Fact]
    public async Task DeletePeriod_ChangedSinceItWasRead_IsRefused()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var read = await server.Plans.GetPeriodAsync(new GetPeriodRequest { Name = Name }, cancellationToken: Deadline.Token);
        var changed = await server.Plans.UpdatePeriodAsync(
            new UpdatePeriodRequest { Period = new Period { Name = Name, DisplayName = "Autumn" } }, cancellationToken: Deadline.Token);

        await ApiAssert.FailsAsync(StatusCode.Aborted, "ERROR_REASON_STALE_ETAG", () => server.DeletePeriodAsync("2018-10", read.Etag));

        Assert.Equal(3, (await server.DeletePeriodAsync("2018-10", changed.Etag)).DeletedDrafts);
    }

    [Fact]
    public async Task DeletePeriod_OverJson_TakesItsArgumentsFromTheQuery()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        using var tried = await server.Host.Http.DeleteAsync(new Uri($"/v1/{Name}?validateOnly=true", UriKind.Relative), Deadline.Token);
        using var stale = await server.Host.Http.DeleteAsync(new Uri($"/v1/{Name}?etag=1", UriKind.Relative), Deadline.Token);
        Assert.Contains(Name, await PeriodsAsync(server));
        using var deleted = await server.Host.Http.DeleteAsync(new Uri($"/v1/{Name}", UriKind.Relative), Deadline.Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (tried.StatusCode, stale.StatusCode));
        Assert.Equal(
            new DeletePeriodResponse { DeletedDrafts = 3, Revision = 3 },
            JsonParser.Default.Parse<DeletePeriodResponse>(await deleted.Content.ReadAsStringAsync(Deadline.Token)));
    }

    private static async Task<IEnumerable<string>> PeriodsAsync(ActionsServer server) =>
        (await server.Plans.ListPeriodsAsync(new ListPeriodsRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token)).Periods.Select(p => p.Name);

    private static async Task WithholdAsync(ActionsServer server, string period, string reason) => await server.Progress.SetWithheldFieldsAsync(
        new SetWithheldFieldsRequest
        {
            Name = ActionsServer.NameOf("V1", period),
            Withheld = { new WithheldField { Field = "narrative", Reason = reason } },
        },
        cancellationToken: Deadline.Token);
}
