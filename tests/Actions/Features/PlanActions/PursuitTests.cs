using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.Actions.Tests.Features.PlanActions;

/// <summary>The catalogue tells by revisions when an action was pursued, and who led it before it was divided: what a locked round is counted by.</summary>
public sealed class PursuitTests
{
    private const string Below =
        "Victims,V1.1,Answer calls at night,NP,Council,A desk at night.,Green,,,\nVictims,V1.2,Answer calls by day,NP,Council,A desk by day.,Green,,,\n";

    [Fact]
    public async Task Action_MadeRetiredAndRestored_TellsEachTime()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var made = await CreateAsync(server, "V9");
        Assert.Equal([(made.Revision, 0)], Pursuits(made));

        var retired = await RetireAsync(server, "V9");
        Assert.Equal([(made.Revision, retired.Revision)], Pursuits(retired));

        var restored = await server.Actions.RestorePlanActionAsync(
            new RestorePlanActionRequest { Name = made.Name, Reason = "A mistake." }, cancellationToken: Deadline.Token);
        Assert.Equal([(made.Revision, retired.Revision), (restored.Revision, 0)], Pursuits(restored));

        var history = await server.Actions.ListPlanActionRevisionsAsync(
            new ListPlanActionRevisionsRequest { Name = made.Name }, cancellationToken: Deadline.Token);
        Assert.Equal(["state"], history.Revisions[0].Changes.Select(c => c.Field));
    }

    [Fact]
    public async Task Action_DividedAndUnited_TellsEachTimeAndKeepsItsLeads()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var before = await GetAsync(server, "V2");
        var part = await CreateAsync(server, "V2.1", "V2");

        var divided = await GetAsync(server, "V2");
        Assert.Equal([(1, part.Revision)], Pursuits(divided));
        Assert.Equal((0, 0), (divided.OpccLeads.Count, divided.DeliveryLeads.Count));
        Assert.Equal(before.OpccLeads, divided.FormerOpccLeads);
        Assert.Equal(before.DeliveryLeads, divided.FormerDeliveryLeads);

        var retired = await RetireAsync(server, "V2.1");

        var united = await GetAsync(server, "V2");
        Assert.Equal([(1, part.Revision), (retired.Revision, 0)], Pursuits(united));
        Assert.Equal(before.OpccLeads, united.OpccLeads);
        Assert.Equal(before.DeliveryLeads, united.DeliveryLeads);
        Assert.Equal((0, 0), (united.FormerOpccLeads.Count, united.FormerDeliveryLeads.Count));
    }

    [Fact]
    public async Task Import_DividesAnActionAndIsUndone_TellsBoth()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var before = await GetAsync(server, "V1");
        var imported = await server.ImportCsvAsync("fenland", "2018-10", Grids.Header + Below);

        var divided = await GetAsync(server, "V1");
        Assert.Equal([(1, imported.Revision)], Pursuits(divided));
        Assert.Equal(before.DeliveryLeads, divided.FormerDeliveryLeads);
        Assert.Equal([(imported.Revision, 0)], Pursuits(await GetAsync(server, "V1.1")));

        var undone = await UndoAsync(server, imported.Revision);

        var again = await GetAsync(server, "V1");
        Assert.Equal([(1, imported.Revision), (undone.Revision, 0)], Pursuits(again));
        Assert.Equal((before.DeliveryLeads, 0), (again.DeliveryLeads, again.FormerDeliveryLeads.Count));
    }

    [Fact]
    public async Task Import_ActionThatComesWithSubActions_WasNeverPursuedItself()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", Grids.Header + Below);

        Assert.Empty((await GetAsync(server, "V1")).Pursuits);
    }

    [Fact]
    public async Task UndoImport_LockedPeriodCountsWhatItMade_NamesThePeriod()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var imported = await server.ImportCsvAsync("fenland", "2019-01", Grids.Header + "Victims,V9,Ring back,NP,Council,,,,,\n");
        await server.LockAsync("2018-10");

        var info = await ApiAssert.FailsAsync(StatusCode.FailedPrecondition, "ERROR_REASON_NOT_UNDOABLE", () => UndoAsync(server, imported.Revision));
        Assert.Equal("plans/fenland/periods/2018-10", info.Metadata["resource"]);

        await server.Plans.ReopenPeriodAsync(
            new ReopenPeriodRequest { Name = "plans/fenland/periods/2018-10", Reason = "A row too many." }, cancellationToken: Deadline.Token);
        Assert.Contains("plans/fenland/actions/V9", (await UndoAsync(server, imported.Revision)).Removed);
    }

    [Fact]
    public async Task ListOwedUpdates_LockedPeriod_IsOfTheActionsOfThen()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.Actions.UpdatePlanActionAsync(
            new UpdatePlanActionRequest
            {
                PlanAction = new PlanAction { Name = "plans/fenland/actions/V2", DeliveryLeads = { new DeliveryLead { Text = "Council", Partner = "partners/council" } } },
            },
            cancellationToken: Deadline.Token);
        await server.LockAsync("2018-10");
        var before = await OwedAsync(server, "2018-10");
        await CreateAsync(server, "V9");
        await CreateAsync(server, "V2.1", "V2");
        await RetireAsync(server, "V1");

        Assert.Equal(["V1", "V2", "T1"], before);
        Assert.Equal(before, await OwedAsync(server, "2018-10"));
        Assert.Equal(["V2"], await OwedAsync(server, "2018-10", "partners/council"));
        await server.OpenAsync("2019-01");
        Assert.Equal(["V2.1", "V9", "T1"], await OwedAsync(server, "2019-01"));
    }

    [Fact]
    public async Task ExportGrid_OfALockedPeriod_IsAsItWasWhenItWasLocked()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.LockAsync("2018-07");
        var before = await ExportAsync(server, "2018-07");
        await CreateAsync(server, "V9");
        await CreateAsync(server, "V2.1", "V2");
        await RetireAsync(server, "V1");

        Assert.Equal(before, await ExportAsync(server, "2018-07"));
        Assert.NotEqual(before, await ExportAsync(server, "2018-10"));
    }

    // The lines without their etags, which say that an action was changed since.
    private static async Task<IEnumerable<string>> ExportAsync(ActionsServer server, string period)
    {
        var grid = await server.Grids.ExportGridAsync(
            new ExportGridRequest { Parent = "plans/fenland", Period = period, Format = ImportGridRequest.Types.Format.Csv }, cancellationToken: Deadline.Token);
        return grid.Data.ToStringUtf8().Split('\n').Select(l => l[..Math.Max(0, l.LastIndexOf(','))]);
    }

    private static IEnumerable<(long From, long To)> Pursuits(PlanAction action) => action.Pursuits.Select(p => (p.FromRevision, p.ToRevision));

    private static async Task<PlanAction> CreateAsync(ActionsServer server, string reference, string parent = "") => await server.Actions.CreatePlanActionAsync(
        new CreatePlanActionRequest
        {
            Parent = "plans/fenland",
            PlanActionId = reference,
            PlanAction = new PlanAction
            {
                Title = "Do it",
                Theme = "plans/fenland/themes/victims",
                ParentAction = parent.Length == 0 ? "" : $"plans/fenland/actions/{parent}",
            },
        },
        cancellationToken: Deadline.Token);

    private static async Task<PlanAction> GetAsync(ActionsServer server, string reference) => await server.Actions.GetPlanActionAsync(
        new GetPlanActionRequest { Name = $"plans/fenland/actions/{reference}" }, cancellationToken: Deadline.Token);

    private static async Task<PlanAction> RetireAsync(ActionsServer server, string reference) => await server.Actions.RetirePlanActionAsync(
        new RetirePlanActionRequest { Name = $"plans/fenland/actions/{reference}", Reason = "It is done." }, cancellationToken: Deadline.Token);

    private static async Task<UndoImportResponse> UndoAsync(ActionsServer server, long revision) => await server.Grids.UndoImportAsync(
        new UndoImportRequest { Parent = "plans/fenland", Revision = revision }, cancellationToken: Deadline.Token);

    private static async Task<IEnumerable<string>> OwedAsync(ActionsServer server, string period, string partner = "") =>
        (await server.Progress.ListOwedUpdatesAsync(
            new ListOwedUpdatesRequest { Parent = $"plans/fenland/periods/{period}", Partner = partner }, cancellationToken: Deadline.Token))
            .OwedUpdates.Select(o => o.PlanAction.Ref);
}
