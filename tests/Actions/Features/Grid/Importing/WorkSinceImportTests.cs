using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Tests.Features.Grid.Importing;

/// <summary>What somebody did since an import is not thrown away by the next one.</summary>
public class WorkSinceImportTests
{
    private static readonly string Corrected = Grids.TwoThemes
        .Replace("The new desk is staffed.", "The new desk is staffed by day.", StringComparison.Ordinal)
        .Replace("Two sites are shared.", "Three sites are shared.", StringComparison.Ordinal);

    [Fact]
    public async Task ImportGrid_LeadSavedSince_LeavesTheUpdateAndTakesTheOthers()
    {
        await using var server = await StartAsync();
        await server.ReturnAsync("V1", "Say more.");
        var saved = await server.SaveAsync("V1", u => u.Narrative = "It is staffed at night, too.");

        var answer = await ImportAsync(server, Corrected);

        Assert.Equal((0, 1, 1, 1), (answer.Created, answer.Changed, answer.Unchanged, answer.Conflicts));
        Assert.Equal([Outcome.Conflict, Outcome.Unchanged, Outcome.Changed], answer.Rows.Select(r => r.Outcome));
        Assert.Equal(saved, await server.GetAsync("V1"));
        Assert.Equal("It is staffed at night, too.", answer.Rows[0].ProgressUpdate.Narrative);
        Assert.Equal("Three sites are shared.", (await server.GetAsync("T1")).Narrative);
        var said = Assert.Single(answer.Diagnostics, d => d.Code == "UPDATE_CHANGED_SINCE");
        Assert.Equal((GridDiagnostic.Types.Severity.Warning, "V1", saved.Etag), (said.Severity, said.Ref, said.Raw));
        Assert.DoesNotContain(answer.Diagnostics, d => d is { Code: "VALUE_KEPT", Ref: "V1", Column: "narrative" });
    }

    [Fact]
    public async Task ImportGrid_LeadSavedSinceAndOverwriteAsked_TakesTheRow()
    {
        await using var server = await StartAsync();
        await server.ReturnAsync("V1", "Say more.");
        await server.SaveAsync("V1", u => u.Narrative = "It is staffed at night, too.");

        var answer = await ImportAsync(server, Corrected, overwrite: true);

        var update = await server.GetAsync("V1");
        Assert.Equal((2, 0), (answer.Changed, answer.Conflicts));
        Assert.Equal(("The new desk is staffed by day.", State.Submitted, ""), (update.Narrative, update.State, update.ReturnReason));

        // What stands is an import's again.
        Assert.Equal(2, (await ImportAsync(server, Grids.TwoThemes)).Changed);
    }

    [Fact]
    public async Task ImportGrid_SameFileButReturnedSince_KeepsTheReturn()
    {
        await using var server = await StartAsync();
        var returned = await server.ReturnAsync("V1", "Say more.");

        var answer = await ImportAsync(server, Grids.TwoThemes);

        Assert.Equal((0, 2, 1), (answer.Changed, answer.Unchanged, answer.Conflicts));
        Assert.Equal(returned, await server.GetAsync("V1"));
    }

    [Fact]
    public async Task ImportGrid_ApprovedSince_LeavesTheApproval()
    {
        await using var server = await StartAsync();
        var approved = await server.ApproveAsync("V1");

        var same = await ImportAsync(server, Grids.TwoThemes);
        var other = await ImportAsync(server, Corrected);
        var withdrawn = await ImportAsync(server, Corrected, overwrite: true);

        Assert.Equal((3, 0), (same.Unchanged, same.Conflicts));
        Assert.Equal(1, other.Conflicts);
        Assert.Equal(approved, other.Rows[0].ProgressUpdate);
        Assert.DoesNotContain(other.Diagnostics, d => d.Code == "APPROVAL_WITHDRAWN");
        Assert.Contains(withdrawn.Diagnostics, d => d.Code == "APPROVAL_WITHDRAWN");
    }

    [Fact]
    public async Task ImportGrid_TypedAndNeverImported_LeavesIt()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var saved = await server.SaveAsync("V1", u => u.Narrative = "Typed.");

        var answer = await ImportAsync(server, Grids.TwoThemes);

        // The others were only carried over.
        Assert.Equal((2, 1), (answer.Changed, answer.Conflicts));
        Assert.Equal(saved, await server.GetAsync("V1"));
    }

    [Fact]
    public async Task ImportGrid_OnlyWithheldSince_TakesTheRowAndKeepsTheMark()
    {
        await using var server = await StartAsync();
        await server.Progress.SetWithheldFieldsAsync(
            new SetWithheldFieldsRequest
            {
                Name = ActionsServer.NameOf("V1"),
                Withheld = { new WithheldField { Field = "narrative", Reason = "An investigation goes on." } },
            },
            cancellationToken: Deadline.Token);

        var answer = await ImportAsync(server, Corrected);

        var update = await server.GetAsync("V1");
        Assert.Equal((2, 0), (answer.Changed, answer.Conflicts));
        Assert.Equal(("The new desk is staffed by day.", "narrative"), (update.Narrative, Assert.Single(update.Withheld).Field));
    }

    [Fact]
    public async Task ImportGrid_EditedOfflineSince_LeavesIt()
    {
        await using var server = await StartAsync();
        var export = await server.Grids.ExportGridAsync(
            new ExportGridRequest { Parent = "plans/fenland", Period = "2018-10", Format = ImportGridRequest.Types.Format.Csv }, cancellationToken: Deadline.Token);
        var edited = await ImportAsync(
            server, export.Data.ToStringUtf8().Replace("The new desk is staffed.", "Edited offline.", StringComparison.Ordinal));

        var answer = await ImportAsync(server, Corrected);

        Assert.Equal((1, 1), (edited.Changed, answer.Conflicts));
        Assert.Equal("Edited offline.", (await server.GetAsync("V1")).Narrative);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task ImportGrid_OverAnImportThatWasUndone_LooksAtWhatStoodBeforeIt(bool saved, int conflicts)
    {
        await using var server = await StartAsync();
        if (saved)
        {
            await server.ReturnAsync("V1", "Say more.");
            await server.SaveAsync("V1", u => u.Narrative = "Typed.");
        }

        var imported = await ImportAsync(server, Corrected, overwrite: true);
        await server.Grids.UndoImportAsync(
            new UndoImportRequest { Parent = "plans/fenland", Revision = imported.Revision }, cancellationToken: Deadline.Token);

        Assert.Equal(conflicts, (await ImportAsync(server, Corrected)).Conflicts);
    }

    [Fact]
    public async Task ImportGrid_NameExpungedSince_DoesNotBringItBack()
    {
        await using var directory = await FakeDirectory.StartAsync();
        await using var server = await ActionsServer.StartAsync(partners: directory.Addresses.Grpc);
        var named = Grids.TwoThemes.Replace("The new desk", "Zebediah's desk", StringComparison.Ordinal);
        await ImportAsync(server, named);
        await server.Plans.ExpungeAsync(
            new ExpungeRequest { Name = "plans/fenland", Text = "Zebediah", Reason = "Data protection." }, cancellationToken: Deadline.Token);

        Assert.Equal(1, (await ImportAsync(server, named)).Conflicts);
    }

    [Fact]
    public async Task ImportGrid_RowOfARetiredAction_IsLeftOutAndSaidSo()
    {
        await using var server = await StartAsync();
        await RetireAsync(server, "V1");
        var before = await server.GetAsync("V1");

        var answer = await ImportAsync(server, Corrected.Replace("Answer calls sooner", "Answer no calls", StringComparison.Ordinal));

        var said = Assert.Single(answer.Diagnostics, d => d.Code == "ROW_OF_RETIRED_ACTION");
        Assert.Equal((GridDiagnostic.Types.Severity.Error, "V1", 2), (said.Severity, said.Ref, said.Row));
        Assert.Equal((1, 1), (answer.Changed, answer.Unchanged));
        Assert.Equal(before, await server.GetAsync("V1"));
        var action = await server.Actions.GetPlanActionAsync(new GetPlanActionRequest { Name = "plans/fenland/actions/V1" }, cancellationToken: Deadline.Token);
        Assert.Equal((PlanAction.Types.State.Retired, "Answer calls sooner"), (action.State, action.Title));
    }

    [Fact]
    public async Task ImportGrid_SubActionsAllRetired_TheParentReportsItself()
    {
        await using var server = await ActionsServer.StartAsync();
        const string Family = "Victims,V1.1,Answer calls,NP,Constabulary,Begun.,Green,,,\nVictims,V1.2,,NP,Constabulary,Begun.,Green,,,\n";
        await ImportAsync(server, Grids.Header + Family);
        await RetireAsync(server, "V1.1");
        await RetireAsync(server, "V1.2");

        var answer = await ImportAsync(server, Grids.Header + "Victims,V1,Answer calls,NP,Constabulary,The desk is staffed.,Green,,,\n" + Family);

        Assert.Equal(2, answer.Diagnostics.Count(d => d.Code == "ROW_OF_RETIRED_ACTION"));
        Assert.Equal("The desk is staffed.", (await server.GetAsync("V1")).Narrative);
        var parent = await server.Actions.GetPlanActionAsync(new GetPlanActionRequest { Name = "plans/fenland/actions/V1" }, cancellationToken: Deadline.Token);
        Assert.Equal((true, "Constabulary"), (parent.Leaf, Assert.Single(parent.DeliveryLeads).Text));
    }

    private static async Task<ActionsServer> StartAsync()
    {
        var server = await ActionsServer.StartAsync();
        await ImportAsync(server, Grids.TwoThemes);
        return server;
    }

    private static Task<ImportGridResponse> ImportAsync(ActionsServer server, string csv, bool overwrite = false) =>
        server.ImportCsvAsync("fenland", "2018-10", csv, r => r.Overwrite = overwrite);

    private static async Task RetireAsync(ActionsServer server, string reference) => await server.Actions.RetirePlanActionAsync(
        new RetirePlanActionRequest { Name = $"plans/fenland/actions/{reference}", Reason = "It is done." }, cancellationToken: Deadline.Token);
}
