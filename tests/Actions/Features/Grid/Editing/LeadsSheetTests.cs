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
        var refused = Assert.Single(answer.Diagnostics);
        Assert.Equal(("ROW_REFUSED", "V2"), (refused.Code, refused.Ref));
        Assert.Contains("cannot send its update. The row was left out.", refused.Message, StringComparison.Ordinal);
        var sent = await _server.GetAsync("V1");
        Assert.Equal(("Staffed at night.", State.Submitted), (sent.Narrative, sent.State));
        Assert.Equal("Told.", (await _server.GetAsync("V2")).Narrative);
    }

    [Fact]
    public async Task ImportGrid_SheetOfALead_LeavesWhatWasSentInAndTellsNothingOfOthersRows()
    {
        await _server.SaveAsync("V1", u => u.Narrative = "Staffed.");
        await _server.SubmitAsync("V1");
        var edited = Edit(await ExportAsync(_server, Format.Csv), Format.Csv, ("Staffed.", "Staffed at night."), ("Keep informed", "Keep well informed"));
        await _server.SaveAsync("V2", u => u.Narrative = "Written meanwhile.");

        var answer = await SendAsync(edited);

        var refused = Assert.Single(answer.Diagnostics);
        Assert.Equal(("ROW_REFUSED", "V1"), (refused.Code, refused.Ref));
        Assert.Contains("it has to be returned before it can be changed", refused.Message, StringComparison.Ordinal);
        Assert.Equal("V3", Assert.Single(answer.Rows).PlanAction.Ref);
        Assert.Equal((2, 0), (answer.Unchanged, answer.Changed));
        Assert.Equal("Staffed.", (await _server.GetAsync("V1")).Narrative);
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

    private async Task<ImportGridResponse> SendAsync(ByteString content) => await _lead.ImportGridAsync(
        new ImportGridRequest { Parent = "plans/fenland", Period = "2018-10", FileName = "edited", Content = content }, cancellationToken: Deadline.Token);
}
