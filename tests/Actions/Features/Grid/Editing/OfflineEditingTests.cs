using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using static PlanServices.Actions.Tests.Features.Grid.Editing.OfflineGrids;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;
using Outcome = PlanServices.Actions.V1.GridRow.Types.Outcome;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Editing;

public class OfflineEditingTests
{
    private static readonly string[] Awkward =
        ["=1+1", "'=1+1", "''@x", "\t\tx ", "_x000D_", "_x005F_x000D_", "a\r\nb", "a\rb", "  two  spaces  ", "]]>", "\ufeffx", "\n", " ", "\u2028", "\uFFFF"];

    [Theory]
    [InlineData(Format.Csv)]
    [InlineData(Format.Xlsx)]
    public async Task ExportGrid_SentBackUntouched_ChangesNothing(Format format)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => (u.Narrative, u.Status) = ("=HYPERLINK(\"http://evil.example\")", Status.Red));
        await server.SubmitAsync("V1");
        await server.ApproveAsync("V1");
        await server.OpenAsync("2019-01", r => r.NoCarryOver = true);
        var head = await HeadAsync(server);

        foreach (var period in new[] { "2018-07", "2018-10", "2019-01" })
        {
            var answer = await SendBackAsync(server, await ExportAsync(server, format, period), period);
            Assert.Equal((0, 0, 3, 0), (answer.Created, answer.Changed, answer.Unchanged, answer.Conflicts));
            Assert.Empty(answer.Diagnostics);
        }

        Assert.Equal(head, await HeadAsync(server));
    }

    [Theory]
    [InlineData(Format.Csv)]
    [InlineData(Format.Xlsx)]
    public async Task ExportGrid_AnyText_ComesBackAsItWas(Format format)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var random = new Random(2018);
        foreach (var text in Enumerable.Range(0, 60).Select(_ => AnyText(random)).Concat(Awkward))
        {
            // What no protobuf string can have never comes here.
            var narrative = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            await server.SaveAsync("V1", u => (u.Narrative, u.Opportunities) = (narrative, narrative), r => r.UpdateMask = Google.Protobuf.WellKnownTypes.FieldMask.FromString("narrative,opportunities"));

            var answer = await SendBackAsync(server, await ExportAsync(server, format));

            Assert.True(answer.Unchanged == 3, $"{format}: {JsonFormatter.Default.Format(answer)} for '{narrative}'");
        }
    }

    [Theory]
    [InlineData(Format.Csv)]
    [InlineData(Format.Xlsx)]
    public async Task ImportGrid_ColumnThatIsOnlyShownWasEdited_SaysThatItWasNotTaken(Format format)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        var answer = await SendBackAsync(
            server, Edit(await ExportAsync(server, format), format, ("Share buildings", "Share vans"), ("The new desk is staffed.", "It is open.")));

        Assert.Equal((1, 2), (answer.Changed, answer.Unchanged));
        var told = Assert.Single(answer.Diagnostics);
        Assert.Equal(("CELL_NOT_TAKEN", "T1", "Priority action", "Share vans"), (told.Code, told.Ref, told.Column, told.Raw));
    }

    [Theory]
    [InlineData(Format.Csv)]
    [InlineData(Format.Xlsx)]
    public async Task ImportGrid_EditedOffline_AppliesEditsAndReportsConflicts(Format format)
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var exported = await ExportAsync(server, format);
        var edited = Edit(exported, format, ("The new desk is staffed.", "The desk is open at night."), ("Two sites are shared.", "Three sites are shared."));
        await server.SaveAsync("T1", u => u.Narrative = "Somebody else wrote this.");
        await server.SaveAsync("V2", u => u.Narrative = "And this, on a row that nobody edited.");

        var answer = await SendBackAsync(server, edited);

        Assert.Equal(
            [("V1", Outcome.Changed), ("V2", Outcome.Unchanged), ("T1", Outcome.Conflict)], answer.Rows.Select(r => (r.PlanAction.Ref, r.Outcome)));
        Assert.Equal((0, 1, 1, 1), (answer.Created, answer.Changed, answer.Unchanged, answer.Conflicts));
        var conflict = Assert.Single(answer.Diagnostics);
        Assert.Equal(("ROW_CONFLICT", "T1", (await server.GetAsync("T1")).Etag), (conflict.Code, conflict.Ref, conflict.Raw));
        var applied = await server.GetAsync("V1");
        Assert.Equal(("The desk is open at night.", State.Submitted), (applied.Narrative, applied.State));
        Assert.Equal("Somebody else wrote this.", (await server.GetAsync("T1")).Narrative);
        Assert.Equal("And this, on a row that nobody edited.", (await server.GetAsync("V2")).Narrative);
    }

    [Fact]
    public async Task ImportGrid_EditedCellThatCannotBe_LeavesItsRowOut()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => u.Status = Status.Amber);
        var edited = Edit(await ExportAsync(server, Format.Csv), Format.Csv, ("\"Amber\"", "\"Purple\""), ("\"Transformation\",\"T1\"", "\"Transformation\",\"T9\""));

        var answer = await SendBackAsync(server, edited);

        Assert.Equal(["CELL_UNREADABLE", "ROW_UNKNOWN"], answer.Diagnostics.Select(d => d.Code));
        Assert.Equal((1, 0), (answer.Unchanged, answer.Changed));
        Assert.Equal("V2", Assert.Single(answer.Rows).PlanAction.Ref);
        Assert.Equal(Status.Amber, (await server.GetAsync("V1")).Status);
    }

    [Fact]
    public async Task ImportGrid_EditedRowOfNoLeaf_SaysWhichIsMeantOrWhyItReportsNothing()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var edited = Edit(await ExportAsync(server, Format.Csv), Format.Csv, ("\"Transformation\",\"T1\"", "\"Transformation\",\"t1\""));
        await server.Actions.RetirePlanActionAsync(
            new RetirePlanActionRequest { Name = "plans/fenland/actions/V1", Reason = "It is done." }, cancellationToken: Deadline.Token);

        var answer = await SendBackAsync(server, edited);

        Assert.Equal(
            [("ROW_UNKNOWN", "V1 is retired or has sub-actions, and reports nothing itself; the row was left out."), ("ROW_UNKNOWN", "The plan has no leaf t1, only T1; the row was left out.")],
            answer.Diagnostics.Select(d => (d.Code, d.Message)));
    }

    [Fact]
    public async Task ExportGrid_Workbook_IsValidAndHasNoFormula()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => (u.Narrative, u.Status) = ("=1+1", Status.Red));

        using var bytes = new MemoryStream((await ExportAsync(server, Format.Unspecified)).ToByteArray());
        using var workbook = SpreadsheetDocument.Open(bytes, isEditable: false);

        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(workbook, Deadline.Token).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var sheet = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet!;
        Assert.Empty(sheet.Descendants<CellFormula>());
        Assert.Equal(4, sheet.Descendants<Row>().Count());
        Assert.Contains("'=1+1", sheet.Descendants<Text>().Select(t => t.Text));
    }

    [Fact]
    public async Task ExportGrid_FormulaInAText_IsNeutral()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        await server.SaveAsync("V1", u => u.Narrative = "@SUM(A1)");

        var csv = Encoding.UTF8.GetString((await ExportAsync(server, Format.Csv)).Span);

        Assert.Contains("\"'@SUM(A1)\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportGrid_TextTooLongForACell_IsMarkedAndStays()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();
        var text = new string('x', 40_000);
        await server.SaveAsync("V1", u => u.Narrative = text);

        var answer = await SendBackAsync(server, await ExportAsync(server, Format.Xlsx));

        Assert.Equal(3, answer.Unchanged);
        Assert.Equal(text, (await server.GetAsync("V1")).Narrative);
    }

    [Fact]
    public async Task ExportGrid_OverJson_IsTheFile()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        using var answer = await server.Host.Http.GetAsync(
            new Uri("/v1/plans/fenland:exportGrid?period=2018-10&format=FORMAT_CSV", UriKind.Relative), Deadline.Token);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("\ufeff\"Theme\",\"Ref\"", await answer.Content.ReadAsStringAsync(Deadline.Token) is var t && t[0] == '\ufeff' ? t : '\ufeff' + t, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportGrid_NoSuchPeriod_NotFound()
    {
        await using var server = await ActionsServer.StartWithPlanAsync();

        await ApiAssert.NotFoundAsync(() => ExportAsync(server, Format.Csv, "2020-01"));
        await ApiAssert.InvalidFieldAsync("format", () => ExportAsync(server, Format.Docx));
    }

    // Any characters that a text may have, and those that spreadsheets, quotes and XML make something of.
    private static string AnyText(Random random)
    {
        var special = "=+-@\t'\",;\n\r_x0D é😀 </t>&amp;\u2028";
        return new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(2) == 0 ? special[random.Next(special.Length)] : (char)random.Next(0x20, 0x10000))]);
    }

    private static async Task<long> HeadAsync(ActionsServer server) => (await server.Plans.GetPlanAsync(
        new GetPlanRequest { Name = "plans/fenland" }, cancellationToken: Deadline.Token)).HeadRevision;
}
