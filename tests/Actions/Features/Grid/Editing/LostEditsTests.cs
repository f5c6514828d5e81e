using System.Text;
using Google.Protobuf;
using Grpc.Core;
using PlanServices.Actions.V1;
using Xunit;
using static PlanServices.Actions.Tests.Features.Grid.Editing.OfflineGrids;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Editing;

/// <summary>What a lead wrote offline is taken, or the lead hears that it was not.</summary>
public class LostEditsTests
{
    // V1's update as it is exported: carried over, without a status.
    private const string Staffed = "\"The new desk is staffed.\",\"\",\"\",\"\",\"\",\"\",\"\",\"Draft\"";

    [Theory]
    [InlineData(Format.Csv)]
    [InlineData(Format.Xlsx)]
    public async Task ImportGrid_RefWasEmptied_IsAnError(Format format)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var (old, none) = format == Format.Csv ? ("\"V1\"", "\"\"") : (">V1<", "><");

        var answer = await SendBackAsync(server, Edit(await ExportAsync(server, format), format, (old, none), ("The new desk is staffed.", "Open.")));

        var error = Assert.Single(answer.Diagnostics);
        Assert.Equal((Severity.Error, "ROW_WITHOUT_REF", 2), (error.Severity, error.Code, error.Row));
        Assert.Equal((0, 2), (answer.Changed, answer.Unchanged));
    }

    [Theory]
    [InlineData("\"Status\"", "\"RAG\"")]
    [InlineData("\"Status\"", "\"RAG rating\"")]
    [InlineData("\"Ref\"", "\"Action no.\"")]
    public async Task ImportGrid_HeadingRenamed_IsStillKnown(string heading, string renamed)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await SendBackAsync(
            server, Edit(await ExportAsync(server, Format.Csv), Format.Csv, (heading, renamed), ("staffed.\",\"\"", "staffed.\",\"Red\"")));

        Assert.Empty(answer.Diagnostics);
        Assert.Equal((1, Status.Red), (answer.Changed, (await server.GetAsync("V1")).Status));
    }

    [Fact]
    public async Task ImportGrid_HeadingThatNobodyKnows_IsAWarning()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await SendBackAsync(server, Edit(await ExportAsync(server, Format.Csv), Format.Csv, ("\"Status\"", "\"Mood\"")));

        var missing = Assert.Single(answer.Diagnostics);
        Assert.Equal((Severity.Warning, "COLUMN_MISSING", "Status"), (missing.Severity, missing.Code, missing.Column));
        Assert.Equal(3, answer.Unchanged);
    }

    [Fact]
    public async Task ImportGrid_TwoColumnsThatMayBeTheStatus_IsRefused()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var edited = Edit(await ExportAsync(server, Format.Csv), Format.Csv, ("\"Status\"", "\"RAG\""), ("\"Workflow state\"", "\"Rating\""));

        var refused = await Assert.ThrowsAsync<RpcException>(() => SendBackAsync(server, edited));

        Assert.Contains("'RAG', 'Rating'", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Format.Csv)]
    [InlineData(Format.Xlsx)]
    public async Task ImportGrid_ExportedFromAnotherPeriodOrPlan_IsRefusedAndNamesBoth(Format format)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var edited = Edit(await ExportAsync(server, format, "2018-07"), format, ("Keep victims informed", "Keep them informed"));

        var period = await Assert.ThrowsAsync<RpcException>(() => SendBackAsync(server, edited));
        var plan = await Assert.ThrowsAsync<RpcException>(() => SendBackAsync(server, Edit(edited, format, ("fenland/2018-07", "marshland/2018-10"))));

        Assert.Equal((StatusCode.InvalidArgument, StatusCode.InvalidArgument), (period.StatusCode, plan.StatusCode));
        Assert.Contains("exported from plans/fenland/periods/2018-07, and the file is sent to plans/fenland/periods/2018-10", period.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("exported from plans/marshland/periods/2018-10", plan.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportGrid_EtagAlone_IsStillRead()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await SendBackAsync(
            server, Edit(await ExportAsync(server, Format.Csv), Format.Csv, ("fenland/2018-10/", ""), ("The new desk is staffed.", "Open.")));

        Assert.Equal((1, 0), (answer.Changed, answer.Conflicts));
    }

    [Fact]
    public async Task ImportGrid_NarrativeAndStatusEmptied_IsAnErrorAndLeftOut()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await SendRowAsync(server, narrative: "", direction: "Improved");

        var error = Assert.Single(answer.Diagnostics);
        Assert.Equal((Severity.Error, "NOTHING_TO_SUBMIT", "V1"), (error.Severity, error.Code, error.Ref));
        Assert.Equal((0, 2), (answer.Changed, answer.Unchanged));
        Assert.Equal("The new desk is staffed.", (await server.GetAsync("V1")).Narrative);
    }

    [Theory]
    [InlineData("V2; T1")]
    [InlineData("v2,T1.")]
    [InlineData("V2 / T1; V2")]
    public async Task ImportGrid_CrossReferences_AreDividedAsPeopleDivideThem(string cell)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await SendRowAsync(server, refs: cell);

        Assert.Empty(answer.Diagnostics);
        Assert.Equal(["plans/fenland/actions/V2", "plans/fenland/actions/T1"], (await server.GetAsync("V1")).CrossReferences);
    }

    [Fact]
    public async Task ImportGrid_CrossReferenceToNothing_IsAWarningAndToNoRefAnError()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var no = await SendRowAsync(server, refs: "V2, somewhere");
        var nothing = await SendRowAsync(server, refs: "T9");

        Assert.Equal((1, "CROSS_REFERENCE_UNKNOWN"), (nothing.Changed, Assert.Single(nothing.Diagnostics).Code));
        Assert.Equal((0, "CELL_UNREADABLE"), (no.Changed, Assert.Single(no.Diagnostics).Code));
    }

    [Theory]
    [InlineData("R", "↓", Status.Red, Direction.Deteriorated)]
    [InlineData("Yellow", "same", Status.Amber, Direction.NoChange)]
    [InlineData("green", "", Status.Green, Direction.Unspecified)]
    public async Task ImportGrid_OtherWordsForStatusAndDirection_AreReadAsInAnyGrid(string status, string direction, Status isStatus, Direction isDirection)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await SendRowAsync(server, status: status, direction: direction);

        Assert.Empty(answer.Diagnostics);
        var update = await server.GetAsync("V1");
        Assert.Equal((isStatus, isDirection, State.Submitted), (update.Status, update.Direction, update.State));
    }

    [Theory]
    [InlineData("", "Red")]
    [InlineData("Green ↑", "")]
    public async Task ImportGrid_CellThatSaysSomethingElse_IsAnError(string status, string direction)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await SendRowAsync(server, status: status, direction: direction);

        Assert.Equal("CELL_UNREADABLE", Assert.Single(answer.Diagnostics).Code);
    }

    [Fact]
    public async Task ImportGrid_EditedAndSavedAsPlainCsv_IsReadWithAWarning()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var edited = Edit(await ExportAsync(server, Format.Csv), Format.Csv, ("The new desk is staffed.", "The café’s desk – staffed."), ("\ufeff", ""));

        var answer = await SendBackAsync(
            server, ByteString.CopyFrom(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(edited.ToStringUtf8())));

        Assert.Equal("ENCODING_GUESSED", Assert.Single(answer.Diagnostics).Code);
        Assert.Equal("The café’s desk – staffed.", (await server.GetAsync("V1")).Narrative);
    }

    private static async Task<ImportGridResponse> SendRowAsync(
        ActionsServer server, string narrative = "The new desk is staffed.", string status = "", string direction = "", string refs = "")
    {
        var exported = await ExportAsync(server, Format.Csv);
        Assert.Contains(Staffed, exported.ToStringUtf8(), StringComparison.Ordinal);
        return await SendBackAsync(
            server, Edit(exported, Format.Csv, (Staffed, $"\"{narrative}\",\"{status}\",\"\",\"{direction}\",\"\",\"\",\"{refs}\",\"Draft\"")));
    }
}
