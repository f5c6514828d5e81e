using System.Text;
using Google.Protobuf;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid;

public class ImportGridTests
{
    [Fact]
    public async Task ImportGrid_NewPlan_MakesPlanThemesPeriodActionsAndUpdates()
    {
        await using var server = await ActionsServer.StartAsync();

        var answer = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);

        Assert.Equal((3, 0, 0, 3, 2, 3), (
            answer.Created, answer.Changed, answer.Unchanged, answer.CreatedActions, answer.CreatedThemes, answer.TotalRows));
        Assert.All(answer.Rows, r => Assert.Equal(Outcome.Created, r.Outcome));
        var plan = await server.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token);
        Assert.Equal((answer.Revision, "Fenland"), (plan.HeadRevision, plan.DisplayName));
        var period = await server.Plans.GetPeriodAsync(
            new GetPeriodRequest { Name = "plans/fenland/periods/2018-10" }, cancellationToken: Deadline.Token);
        Assert.Equal(("October 2018", 31), (period.DisplayName, period.AsAtDate.Day));
        var update = await UpdateAsync(server, "V2", "2018-10");
        Assert.Equal((Status.Green, ProgressUpdate.Types.State.Submitted), (update.Status, update.State));
        Assert.Equal(["plans/fenland/actions/T1"], update.CrossReferences);
        Assert.Equal(("grid.csv", "Green"), (update.Source.File, update.Source.RawStatus));
        var action = await ActionAsync(server, "V2");
        Assert.Equal(["NP", "CS"], action.OpccLeads);
        Assert.Equal([("OPCC", ""), ("County Council", "DA")], action.DeliveryLeads.Select(l => (l.Text, l.Qualifier)));
        Assert.True(action.Leaf);
    }

    [Fact]
    public async Task ImportGrid_SameAgain_ChangesNothing()
    {
        await using var server = await ActionsServer.StartAsync();
        var first = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);

        var second = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes, r => r.FileName = "copy of grid.csv");

        Assert.Equal((0, 0, 3, first.Revision), (second.Created, second.Changed, second.Unchanged, second.Revision));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public async Task ImportGrid_Encoding_IsToldByTheContent(string name, bool mark)
    {
        await using var server = await ActionsServer.StartAsync();
        var encoding = Encoding.GetEncoding(name);
        byte[] content = [.. mark ? encoding.Preamble : [], .. encoding.GetBytes(Grids.TwoThemes.Replace("leaflet", "léaflet →", StringComparison.Ordinal))];

        await server.ImportCsvAsync("fenland", "2018-10", "", r => r.Content = ByteString.CopyFrom(content));

        Assert.Contains("A léaflet → was printed.", (await UpdateAsync(server, "V2", "2018-10")).Narrative, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportGrid_PlainCsvOfExcel_IsReadWithAWarning()
    {
        await using var server = await ActionsServer.StartAsync();
        var content = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Grids.TwoThemes.Replace("leaflet", "‘léaflet’", StringComparison.Ordinal));

        var answer = await server.ImportCsvAsync("fenland", "2018-10", "", r => r.Content = ByteString.CopyFrom(content));

        Assert.Equal("Windows-1252", Assert.Single(answer.Diagnostics, d => d.Code == "ENCODING_GUESSED").Interpreted);
        Assert.Contains("A ‘léaflet’ was printed.", (await UpdateAsync(server, "V2", "2018-10")).Narrative, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportGrid_RowReadsDifferently_ChangesThatRowOnly()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
        var before = await UpdateAsync(server, "T1", "2018-10");

        var answer = await server.ImportCsvAsync(
            "fenland", "2018-10", Grids.TwoThemes.Replace("The new desk is staffed.", "The desk is open day and night.", StringComparison.Ordinal));

        Assert.Equal((0, 1, 2), (answer.Created, answer.Changed, answer.Unchanged));
        Assert.Equal("The desk is open day and night.", (await UpdateAsync(server, "V1", "2018-10")).Narrative);
        Assert.Equal(before, await UpdateAsync(server, "T1", "2018-10"));
    }

    [Fact]
    public async Task ImportGrid_AnotherPeriod_LeavesTheEarlierOne()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes);
        var before = await UpdateAsync(server, "V1", "2018-07");

        var answer = await server.ImportCsvAsync(
            "fenland", "2018-10", Grids.TwoThemes.Replace("Answer calls sooner", "Answer every call sooner", StringComparison.Ordinal));

        Assert.Equal((3, 0), (answer.Created, answer.CreatedActions));
        Assert.Equal(before, await UpdateAsync(server, "V1", "2018-07"));
        Assert.Equal("Answer every call sooner", (await ActionAsync(server, "V1")).Title);
        var said = Assert.Single(answer.Diagnostics, d => d.Code == "ACTION_CHANGED");
        Assert.Equal(("V1", "title", "Answer calls sooner"), (said.Ref, said.Column, said.Raw));
    }

    [Fact]
    public async Task ImportGrid_CellsLost_KeepsWhatThePlanHas()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-07", Grids.TwoThemes);

        var answer = await server.ImportCsvAsync("fenland", "2018-10", Grids.Header + "Victims,V1,,,,Still staffed.,Green,,,\n");

        var action = await ActionAsync(server, "V1");
        Assert.Equal("Answer calls sooner", action.Title);
        Assert.Equal(["NP"], action.OpccLeads);
        Assert.Equal("Constabulary", Assert.Single(action.DeliveryLeads).Text);
        Assert.Equal(["title", "opcc_leads", "delivery_leads"], answer.Diagnostics.Where(d => d.Code == "VALUE_KEPT").Select(d => d.Column));
    }

    [Fact]
    public async Task ImportGrid_ValidateOnly_AnswersAndStoresNothing()
    {
        await using var server = await ActionsServer.StartAsync();

        var answer = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes, r => r.ValidateOnly = true);

        Assert.Equal((3, 3), (answer.Created, answer.Rows.Count));
        await ApiAssert.NotFoundAsync(async () =>
            await server.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token));
    }

    [Fact]
    public async Task ImportGrid_SameRequestId_AnswersTheSame()
    {
        await using var server = await ActionsServer.StartAsync();
        var id = Guid.CreateVersion7().ToString();

        var first = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes, r => r.RequestId = id);
        var second = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes, r => r.RequestId = id);

        Assert.Equal(first, second);
        Assert.Equal(3, second.Created);
    }

    [Fact]
    public async Task ImportGrid_NothingToBeMade_NamesWhatIsMissing()
    {
        await using var server = await ActionsServer.StartAsync();

        await ApiAssert.NotFoundAsync(() => server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes, r => r.CreateMissing = false));
        await server.CreatePlanAsync("fenland");
        var info = await ApiAssert.FailsAsync(
            StatusCode.NotFound,
            "ERROR_REASON_NOT_FOUND",
            () => server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes, r => r.CreateMissing = false));

        Assert.Equal("plans/fenland/periods/2018-10", info.Metadata["resource"]);
    }

    [Theory]
    [InlineData("parent", "plans/Not A Plan", "2018-10", Format.Csv)]
    [InlineData("parent", "", "2018-10", Format.Csv)]
    [InlineData("period", "plans/fenland", "October", Format.Csv)]
    [InlineData("period", "plans/fenland", "", Format.Csv)]
    [InlineData("format", "plans/fenland", "2018-10", (Format)99)]
    public async Task ImportGrid_BadField_NamesIt(string field, string parent, string period, Format format)
    {
        await using var server = await ActionsServer.StartAsync();

        await ApiAssert.InvalidFieldAsync(field, () => server.ImportCsvAsync("x", period, Grids.TwoThemes, r =>
        {
            r.Parent = parent;
            r.Format = format;
        }));
    }

    public static TheoryData<string, byte[], Format> UnreadableContents => new()
    {
        { "empty", [], Format.Csv },
        { "a control character", [.. "Theme,Ref\n"u8, 0, 1, 2], Format.Csv },
        { "a zip archive", [.. "PK\u0003\u0004 and so on"u8], Format.TextGrid },
        { "a PDF", [.. "%PDF-1.7"u8], Format.TextGrid },
        { "cut off", [.. "Theme,Ref,Status\nVictims,V1,caf\u00E9"u8[..^1]], Format.Csv },
        { "UTF-8 that was damaged", [.. "Theme,Ref,Status\nVictims,V1,caf\u00E9"u8, 0xE9, .. "\n"u8], Format.Csv },
        { "a byte of no encoding", [.. "Theme,Ref,Status\nVictims,V1,caf"u8, 0x81, .. "\n"u8], Format.Csv },
        { "no header", [.. "Dear all,\nplease find nothing enclosed.\n"u8], Format.TextGrid },
        { "no header", [.. "Dear all,\nplease find nothing enclosed.\n"u8], Format.Csv },
        { "a quote that does not end", [.. "Theme,Ref,Priority action,Key delivery activities,Status\nVictims,V1,Title,\"It was sta"u8], Format.Csv },
    };

    [Theory]
    [MemberData(nameof(UnreadableContents))]
    public async Task ImportGrid_UnreadableContent_SaysWhyAndStoresNothing(string what, byte[] content, Format format)
    {
        await using var server = await ActionsServer.StartAsync();

        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument,
            "ERROR_REASON_UNREADABLE_GRID",
            () => server.ImportCsvAsync("fenland", "2018-10", "", r =>
            {
                r.Content = ByteString.CopyFrom(content);
                r.Format = format;
            }),
            "content");
        Assert.NotEmpty(what);
        Assert.Empty((await server.Plans.ListPlansAsync(new ListPlansRequest(), cancellationToken: Deadline.Token)).Plans);
    }

    [Fact]
    public async Task ImportGrid_WorkbookCutOff_SaysSo()
    {
        await using var server = await ActionsServer.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => server.ImportCsvAsync("fenland", "2018-10", "", r =>
        {
            r.Content = ByteString.CopyFrom([.. "PK\u0003\u0004 and so on"u8]);
            r.Format = Format.Unspecified;
        }));

        Assert.StartsWith("content: It begins as a workbook or document does, and is cut off or damaged", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportGrid_OverThirtyTwoMegabytes_NamesTheLimit()
    {
        await using var server = await ActionsServer.StartAsync();
        var content = ByteString.CopyFrom(new byte[(32 << 20) + 1]);

        await ApiAssert.FailsAsync(
            StatusCode.InvalidArgument,
            "ERROR_REASON_UNREADABLE_GRID",
            () => server.ImportCsvAsync("fenland", "2018-10", "", r => r.Content = content),
            "content");
    }

    [Fact]
    public async Task ImportGrid_ManyRows_ListsThemInPages()
    {
        await using var server = await ActionsServer.StartAsync();
        var csv = Grids.OfRows(1200);

        var first = await server.ImportCsvAsync("fenland", "2018-10", csv);
        var token = first.NextPageToken;
        var probe = await server.ImportCsvAsync("fenland", "2018-10", csv, r => (r.ValidateOnly, r.PageToken) = (true, token));

        Assert.Equal((1200, 1000, 1200), (first.Created, first.Rows.Count, first.TotalRows));
        Assert.Equal((1200, 200, ""), (probe.Unchanged, probe.Rows.Count, probe.NextPageToken));
        Assert.Equal("C1001", probe.Rows[0].PlanAction.Ref);
    }

    [Fact]
    public async Task ImportGrid_DirectoryOutOfReach_StoresUnlinkedAndLinksLater()
    {
        using var folder = new TemporaryFolder();
        await using (var server = await ActionsServer.StartAsync(folder.Path))
        {
            var answer = await server.ImportCsvAsync("fenland", "2018-10", Grids.TwoThemes);
            Assert.Single(answer.Diagnostics, d => d.Code == "DIRECTORY_UNREACHABLE");
            Assert.Equal(["Constabulary"], (await ActionAsync(server, "V1")).DeliveryLeads.Select(l => l.Text + l.Partner));
        }

        await using var directory = await FakeDirectory.StartAsync();
        await using var again = await ActionsServer.StartAsync(folder.Path, partners: directory.Addresses.Grpc);
        using var watch = again.Actions.WatchChanges(new WatchChangesRequest { Parent = "plans/fenland" }, cancellationToken: Deadline.Token);
        var linked = false;
        while (!linked && await watch.ResponseStream.MoveNext(Deadline.Token))
            linked = watch.ResponseStream.Current.Changes.Any(c => c.PlanAction is { DeliveryLeads: [{ Partner.Length: > 0 }, ..] });

        Assert.Equal("partners/constabulary", Assert.Single((await ActionAsync(again, "V1")).DeliveryLeads).Partner);
    }

    [Fact]
    public async Task ImportGrid_LeadsTheDirectoryDoubts_SaysWhich()
    {
        await using var directory = await FakeDirectory.StartAsync();
        await using var server = await ActionsServer.StartAsync(partners: directory.Addresses.Grpc);

        var answer = await server.ImportCsvAsync(
            "fenland", "2018-10", Grids.Header + "Victims,V1,Answer calls,NP,Constabulary / Council / Circus,Done.,Green,,,\n");

        Assert.Equal(
            ["partners/constabulary", "", ""], (await ActionAsync(server, "V1")).DeliveryLeads.Select(l => l.Partner));
        Assert.Equal(["LEAD_AMBIGUOUS", "LEAD_UNMATCHED"], answer.Diagnostics.Where(d => d.Column == "delivery_leads").Select(d => d.Code));
    }

    [Fact]
    public async Task ImportGrid_OnlySubActionPrintedByItsParentsRef_IsTakenForIt()
    {
        await using var server = await ActionsServer.StartAsync();
        await server.ImportCsvAsync("fenland", "2018-07", Grids.Header + "Victims,V1.1,Answer calls,NP,Constabulary,Begun.,Amber,Late,,\n");

        var answer = await server.ImportCsvAsync("fenland", "2018-10", Grids.Header + "Victims,V1,Answer calls,NP,Constabulary,Done.,Green,,,\n");

        Assert.Equal((1, 0), (answer.Created, answer.CreatedActions));
        Assert.Equal("Done.", (await UpdateAsync(server, "V1.1", "2018-10")).Narrative);
    }

    private static async Task<ProgressUpdate> UpdateAsync(ActionsServer server, string reference, string period) =>
        await server.Progress.GetProgressUpdateAsync(
            new GetProgressUpdateRequest { Name = $"plans/fenland/actions/{reference}/updates/{period}" }, cancellationToken: Deadline.Token);

    private static async Task<PlanAction> ActionAsync(ActionsServer server, string reference) =>
        await server.Actions.GetPlanActionAsync(
            new GetPlanActionRequest { Name = $"plans/fenland/actions/{reference}" }, cancellationToken: Deadline.Token);
}
