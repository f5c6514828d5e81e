using Google.Protobuf;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Actions.Tests.Features.Grid.Editing.OfflineGrids;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Actions.Tests.Features.Grid.Editing;

/// <summary>A lead that may send its own updates alone edits the sheet offline and sends it back itself.</summary>
public sealed class LeadsSheetTests : IAsyncLifetime
{
    private TestHost _directory = null!;
    private ActionsServer _server = null!;
    private GridService.GridServiceClient _lead = null!;

    public async ValueTask InitializeAsync()
    {
        _directory = await FakeDirectory.StartAsync();
        _server = await ActionsServer.StartAsync(partners: _directory.Addresses.Grpc);
        await _server.ImportCsvAsync(
            "fenland",
            "2018-07",
            "Theme,Ref,Priority action,Delivery lead,Key delivery activities,Status\n"
            + "Victims,V1,Answer calls,Constabulary,Staffed.,Green\nVictims,V2,Keep informed,Council,Told.,Green\nVictims,V3,Ask again,Constabulary,Asked.,Green\n");
        await _server.OpenAsync("2018-10");
        _lead = new GridService.GridServiceClient(_server.Host.ChannelFor(
            TestIssuer.Token([Scopes.PlanRead, Scopes.UpdatesWrite], "constabulary-system", "partners/constabulary")));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _directory.DisposeAsync();
    }

    [Fact]
    public async Task ImportGrid_SheetOfALead_ItsRowsAreTakenAndOthersRefused()
    {
        var edited = Edit(await ExportAsync(_server, Format.Csv), Format.Csv, ("Staffed.", "Staffed at night."), ("Told.", "Told by others."));

        var answer = await SendAsync(edited);

        Assert.Equal([("V1", Outcome.Changed), ("V3", Outcome.Unchanged)], answer.Rows.Select(r => (r.PlanAction.Ref, r.Outcome)));
        Assert.Equal((2, 1, 1), (answer.TotalRows, answer.Changed, answer.Unchanged));
        var refused = Assert.Single(answer.Diagnostics);
        Assert.Equal(("ROW_REFUSED", "V2"), (refused.Code, refused.Ref));
        Assert.Contains("cannot send its update. The row was left out.", refused.Message, StringComparison.Ordinal);
        var sent = await _server.GetAsync("V1");
        Assert.Equal(("Staffed at night.", State.Submitted), (sent.Narrative, sent.State));
        Assert.Equal("Told.", (await _server.GetAsync("V2")).Narrative);
    }

    [Fact]
    public async Task ImportGrid_SheetOfALead_LeavesWhatWasSentIn()
    {
        await _server.SaveAsync("V1", u => u.Narrative = "Staffed.");
        await _server.SubmitAsync("V1");
        var edited = Edit(await ExportAsync(_server, Format.Csv), Format.Csv, ("Staffed.", "Staffed at night."));
        await _server.SaveAsync("V2", u => u.Narrative = "Written meanwhile.");

        var answer = await SendAsync(edited);

        var refused = Assert.Single(answer.Diagnostics);
        Assert.Equal(("ROW_REFUSED", "V1"), (refused.Code, refused.Ref));
        Assert.Contains("it has to be returned before it can be changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal([("V2", Outcome.Unchanged), ("V3", Outcome.Unchanged)], answer.Rows.Select(r => (r.PlanAction.Ref, r.Outcome)));
        Assert.Equal("Staffed.", (await _server.GetAsync("V1")).Narrative);
    }

    [Fact]
    public async Task ImportGrid_SheetOfALeadSentAgain_SaysNothingMore()
    {
        var edited = Edit(await ExportAsync(_server, Format.Csv), Format.Csv, ("Staffed.", "Staffed, see also V3 and https://example.org/desk."));
        Assert.Equal(1, (await SendAsync(edited)).Changed);

        var again = await SendAsync(edited);

        Assert.Equal((0, 3), (again.Changed, again.Unchanged));
        Assert.Empty(again.Diagnostics);
        Assert.Equal(["plans/fenland/actions/V3"], (await _server.GetAsync("V1")).CrossReferences);
    }

    [Fact]
    public async Task ImportGrid_SheetOfAClientThatMayNotRead_IsRefused()
    {
        var blind = new GridService.GridServiceClient(_server.Host.ChannelFor(TestIssuer.Token([Scopes.UpdatesWrite], "constabulary-system", "partners/constabulary")));

        var refusal = await ApiAssert.FailsAsync(
            StatusCode.PermissionDenied,
            "ERROR_REASON_PERMISSION_DENIED",
            () => SendAsync(ByteString.CopyFromUtf8("Ref,Status,Update etag\nV2,Green,\n"), blind));

        Assert.Equal("plan.read", refusal.Metadata["scope"]);
    }

    [Fact]
    public async Task ImportGrid_SheetOfALeadWhileMembershipsAreNotKnown_TakesWhatItLeadsItself()
    {
        await using var server = await ActionsServer.StartAsync(partners: new Uri("http://127.0.0.1:1"));
        await server.ImportCsvAsync("fenland", "2018-10", "Theme,Ref,Priority action,Key delivery activities\nVictims,V1,Answer calls,Staffed.\nVictims,V2,Keep informed,Told.\n");
        foreach (var (reference, partner) in new[] { ("V1", "partners/constabulary"), ("V2", "partners/board") })
        {
            await server.Actions.UpdatePlanActionAsync(
                new UpdatePlanActionRequest
                {
                    PlanAction = new PlanAction { Name = $"plans/fenland/actions/{reference}", DeliveryLeads = { new DeliveryLead { Text = partner, Partner = partner } } },
                },
                cancellationToken: Deadline.Token);
        }

        await server.ReturnAsync("V1", "Say more.");
        var lead = new GridService.GridServiceClient(server.Host.ChannelFor(
            TestIssuer.Token([Scopes.PlanRead, Scopes.UpdatesWrite], "constabulary-system", "partners/constabulary")));
        var exported = await ExportAsync(server, Format.Csv);

        Assert.Equal(1, (await SendAsync(Edit(exported, Format.Csv, ("Staffed.", "Staffed at night.")), lead)).Changed);
        await ApiAssert.FailsAsync(
            StatusCode.Unavailable, "ERROR_REASON_DIRECTORY_STALE", () => SendAsync(Edit(exported, Format.Csv, ("Told.", "Told by others.")), lead));
    }

    [Fact]
    public async Task ImportGrid_OfALeadAndNotExportedHere_TakesTheRightToChangeThePlan()
    {
        var refusal = await ApiAssert.FailsAsync(
            StatusCode.PermissionDenied,
            "ERROR_REASON_PERMISSION_DENIED",
            () => SendAsync(ByteString.CopyFromUtf8("Theme,Ref,Priority action,Status\nVictims,V1,Answer calls,Red\n")));
        Assert.Equal("plan.write", refusal.Metadata["scope"]);
        Assert.Equal(State.Draft, (await _server.GetAsync("V1")).State);
    }

    private async Task<ImportGridResponse> SendAsync(ByteString content, GridService.GridServiceClient? client = null) => await (client ?? _lead).ImportGridAsync(
        new ImportGridRequest { Parent = "plans/fenland", Period = "2018-10", FileName = "edited", Content = content }, cancellationToken: Deadline.Token);
}
