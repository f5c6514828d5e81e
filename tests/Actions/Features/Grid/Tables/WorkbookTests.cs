using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;

namespace PlanServices.Actions.Tests.Features.Grid.Tables;

/// <summary>What people do with cells, rows and columns of a workbook, and with tables in a document.</summary>
public class WorkbookTests
{
    private static readonly string[] Header = ["Theme", "Ref", "Priority action", "Delivery lead", "Key delivery activities", "Status"];

    [Fact]
    public async Task ImportGrid_CellOfSeveralLooks_IsOneText()
    {
        await using var server = await ActionsServer.StartAsync();
        var workbook = Office.Workbook(
            [Header, ["Victims", "V1", "Answer calls sooner", "Constabulary", "", "Green"]],
            more: ("xl/sharedStrings.xml", $"<sst xmlns=\"{Office.SheetNamespace}\"><si><r><t xml:space=\"preserve\">The new </t></r><r><rPr><b/><color rgb=\"FFFF0000\"/></rPr><t>desk</t></r><rPh sb=\"0\" eb=\"1\"><t>read aloud</t></rPh><r><t xml:space=\"preserve\"> is_x0020_staffed.</t></r></si></sst>"));
        workbook = Office.Changed(workbook, "xl/worksheets/sheet1.xml", sheet => sheet.Replace(
            "<c r=\"F2\"", "<c r=\"E2\" t=\"s\"><v>0</v></c><c r=\"F2\"", StringComparison.Ordinal));

        var answer = await ImportAsync(server, workbook);

        Assert.Equal("The new desk is staffed.", Assert.Single(answer.Rows).ProgressUpdate.Narrative);
    }

    [Fact]
    public async Task ImportGrid_HiddenRowsAndColumns_AreReadAndNamed()
    {
        await using var server = await ActionsServer.StartAsync();
        var workbook = Office.Workbook(
            [
                Header,
                ["Victims", "V1", "Answer calls sooner", "Constabulary", "The desk is staffed.", "Green"],
                ["Victims", "V2", "Keep victims informed", "County Council", "A leaflet.", "Amber"],
            ]);
        workbook = Office.Changed(workbook, "xl/worksheets/sheet1.xml", sheet => sheet
            .Replace("<row r=\"3\"", "<row r=\"3\" hidden=\"1\"", StringComparison.Ordinal)
            .Replace("<sheetData>", "<cols><col min=\"4\" max=\"4\" hidden=\"1\"/><col min=\"8\" max=\"300\" hidden=\"1\"/></cols><sheetData>", StringComparison.Ordinal));

        var answer = await ImportAsync(server, workbook);

        Assert.Equal(["V1", "V2"], answer.Rows.Select(r => r.PlanAction.Ref));
        Assert.Equal("County Council", Assert.Single(answer.Rows[1].PlanAction.DeliveryLeads).Text);
        Assert.Equal(
            [("COLUMNS_HIDDEN", 0, "D"), ("ROWS_HIDDEN", 3, "3")],
            answer.Diagnostics.Where(d => d.Code.EndsWith("_HIDDEN", StringComparison.Ordinal)).Select(d => (d.Code, d.Row, d.Raw)));
    }

    [Fact]
    public async Task ImportGrid_GridOnAHiddenSheetToo_ReadsTheOneShown()
    {
        await using var server = await ActionsServer.StartAsync();
        string Sheet(string reference) => $"<worksheet xmlns=\"{Office.SheetNamespace}\"><sheetData>"
            + string.Concat(new[] { Header, ["Victims", reference, "Answer", "Constabulary", "Begun.", "Green"] }.Select(
                row => $"<row>{string.Concat(row.Select(cell => $"<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"))}</row>"))
            + "</sheetData></worksheet>";
        var workbook = Office.Zip(
            ("xl/workbook.xml", $"<workbook xmlns=\"{Office.SheetNamespace}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Last quarter\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"Grid\" r:id=\"r2\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"x\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"x\" Target=\"worksheets/sheet2.xml\"/></Relationships>"),
            ("xl/worksheets/sheet1.xml", Sheet("V1")),
            ("xl/worksheets/sheet2.xml", Sheet("V2")));

        var answer = await ImportAsync(server, workbook);

        Assert.Equal("V2", Assert.Single(answer.Rows).PlanAction.Ref);
        Assert.Contains(answer.Diagnostics, d => (d.Code, d.Interpreted) == ("SHEET_CHOSEN", "Grid"));
    }

    [Fact]
    public async Task ImportGrid_TableWithinACell_IsTextOfTheCell()
    {
        await using var server = await ActionsServer.StartAsync();
        static string Cell(string content) => $"<w:tc>{content}</w:tc>";
        static string Text(string text) => $"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>";
        var inner = "<w:tbl>"
            + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"3\"/><w:vMerge/><w:shd w:fill=\"FF0000\"/></w:tcPr>" + Text("Calls: 40") + "</w:tc>" + Cell(Text("Answered: 39")) + "</w:tr>"
            + "<w:tr>" + Cell(Text("Late: 1")) + "</w:tr></w:tbl>";
        string Row(string reference, string narrative) => $"<w:tr>{Cell(Text("Victims"))}{Cell(Text(reference))}{Cell(Text("Answer calls"))}{Cell(Text("Constabulary"))}{Cell(narrative)}{Cell(Text("Green"))}</w:tr>";
        var document = Office.Document(
            $"<w:tbl><w:tr>{string.Concat(Header.Select(h => Cell(Text(h))))}</w:tr>{Row("V1", Text("The desk.") + inner + "<w:p/>")}{Row("V2", Text("A leaflet."))}</w:tbl>");

        var answer = await ImportAsync(server, document);

        Assert.Equal(
            [("V1", "The desk.\nCalls: 40\nAnswered: 39\nLate: 1"), ("V2", "A leaflet.")],
            answer.Rows.Select(r => (r.PlanAction.Ref, r.ProgressUpdate.Narrative)));
        Assert.DoesNotContain(answer.Diagnostics, d => d.Code is "COLUMNS_DIFFER" or "STATUS_FROM_FILL");
    }

    private static async Task<ImportGridResponse> ImportAsync(ActionsServer server, byte[] content) => await server.Grids.ImportGridAsync(
        new ImportGridRequest
        {
            Parent = "plans/fenland",
            Period = "2018-10",
            Format = Format.Unspecified,
            FileName = "grid",
            Content = ByteString.CopyFrom(content),
            CreateMissing = true,
        },
        cancellationToken: Deadline.Token);
}
