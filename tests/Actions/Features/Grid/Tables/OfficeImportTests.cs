using Google.Protobuf;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;
using Xunit;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Format = PlanServices.Actions.V1.ImportGridRequest.Types.Format;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Tests.Features.Grid.Tables;

public class OfficeImportTests
{
    private static readonly string[] Header = ["Theme", "Ref", "Priority action", "OPCC lead", "Delivery lead", "Key delivery activities", "Status", "Direction"];

    [Fact]
    public async Task ImportGrid_Workbook_ReadsTextFillsAndMergedCells()
    {
        await using var server = await ActionsServer.StartAsync();
        var workbook = Office.Workbook(
            [
                ["Progress of the plan"],
                Header,
                ["Victims", "V1", "Answer calls sooner", "NP", "Constabulary", "The desk is staffed.", "#92D050", "Improved"],
                ["", "V2", "Keep victims informed", "CS", "County Council", "A leaflet & a poster.", "Amber", "No change"],
            ],
            "<mergeCells><mergeCell ref=\"A3:A4\"/></mergeCells>");

        var answer = await ImportAsync(server, workbook);

        Assert.Equal(2, answer.Created);
        Assert.Equal(
            [("V1", Status.Green, Direction.Improved, "plans/fenland/themes/victims"), ("V2", Status.Amber, Direction.NoChange, "plans/fenland/themes/victims")],
            answer.Rows.Select(r => (r.PlanAction.Ref, r.ProgressUpdate.Status, r.ProgressUpdate.Direction, r.PlanAction.Theme)));
        Assert.Equal("A leaflet & a poster.", answer.Rows[1].ProgressUpdate.Narrative);
        Assert.Contains(answer.Diagnostics, d => (d.Code, d.Ref, d.Raw) == ("STATUS_FROM_FILL", "V1", "fill #92D050"));
        Assert.DoesNotContain(answer.Diagnostics, d => d.Code is "THEME_INFERRED" or "COLUMNS_DIFFER");
    }

    [Fact]
    public async Task ImportGrid_WordTable_ReadsMergesLinksShadesAndTrackedChanges()
    {
        await using var server = await ActionsServer.StartAsync();
        static string Cell(string content, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>";
        static string Text(string text) => $"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>";
        static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells)}</w:tr>";
        var table = "<w:tbl>"
            + Row([.. Header.Select(h => Cell(Text(h)))])
            + Row(
                Cell(Text("Victims"), "<w:vMerge w:val=\"restart\"/>"), Cell(Text("V1")), Cell(Text("Answer calls sooner")), Cell(Text("NP")), Cell(Text("Constabulary")),
                Cell("<w:p><w:r><w:t>The </w:t></w:r><w:del><w:r><w:delText>old </w:delText><w:t>worn </w:t></w:r></w:del><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:hyperlink r:id=\"h1\"><w:r><w:t>desk</w:t></w:r></w:hyperlink><w:r><w:t> is staffed.</w:t></w:r></w:p>"),
                Cell("<w:p/>", "<w:shd w:fill=\"FF0000\"/>"),
                Cell("<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0E9\"/></w:r></w:p>"))
            + Row([.. Header.Select(h => Cell(Text(h)))])
            + Row(
                Cell("<w:p/>", "<w:vMerge/>"), Cell(Text("V2")), Cell(Text("Keep victims informed")), Cell(Text("CS")), Cell(Text("County Council")),
                Cell(Text("A leaflet.") + Text("A poster.")), Cell(Text("G")), Cell(Text("↔")))
            + "</w:tbl>";
        var document = Office.Document(
            Text("Progress") + table, "<Relationship Id=\"h1\" Type=\"x/hyperlink\" Target=\"https://example.org/desk.pdf\" TargetMode=\"External\"/>");

        var answer = await ImportAsync(server, document);

        var (first, second) = (answer.Rows[0].ProgressUpdate, answer.Rows[1].ProgressUpdate);
        Assert.Equal((Status.Red, Direction.Improved), (first.Status, first.Direction));
        Assert.Equal((Status.Green, Direction.NoChange), (second.Status, second.Direction));
        Assert.Equal(["https://example.org/desk.pdf"], first.EvidenceLinks);
        Assert.Contains("new", first.Narrative, StringComparison.Ordinal);
        Assert.DoesNotContain("old", first.Narrative, StringComparison.Ordinal);
        Assert.DoesNotContain("worn", first.Narrative, StringComparison.Ordinal);
        Assert.Equal("A leaflet.\nA poster.", second.Narrative);
        Assert.All(answer.Rows, r => Assert.Equal("plans/fenland/themes/victims", r.PlanAction.Theme));
    }

    [Fact]
    public async Task ImportGrid_OtherFormatThanStated_SaysWhatItIs()
    {
        await using var server = await ActionsServer.StartAsync();

        var message = await RefusedAsync(server, Office.Workbook([Header]), Format.Csv);

        Assert.Contains("FORMAT_XLSX", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportGrid_DocumentOfALocalTemplate_IsRead()
    {
        await using var server = await ActionsServer.StartAsync();
        string[] cells = ["Victims", "V1", "Answer calls sooner", "NP", "Constabulary", "The desk is staffed.", "Green", "Improved"];
        var rows = string.Concat(new[] { Header, cells }.Select(
            row => $"<w:tr>{string.Concat(row.Select(cell => $"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>"))}</w:tr>"));
        var document = Office.Zip(
            ("word/document.xml", $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:tbl>{rows}</w:tbl></w:document>"),
            ("word/_rels/settings.xml.rels", "<Relationships><Relationship Id=\"t\" Type=\"x/attachedTemplate\" Target=\"file:///C:\\Templates\\Board.dotx\" TargetMode=\"External\"/></Relationships>"));

        Assert.Equal("V1", Assert.Single((await ImportAsync(server, document)).Rows).PlanAction.Ref);
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "macros", "macros" },
        { "external links", "other workbooks" },
        { "external template", "outside of itself" },
        { "external template in the settings", "outside of itself" },
        { "picture from elsewhere", "outside of itself" },
        { "older macros", "macros" },
        { "far columns", "3,000,000 cells" },
        { "merged over and over", "3,000,000 cells" },
        { "wide spans", "3,000,000 cells" },
        { "entities", "entities" },
        { "bomb", "64 MB" },
        { "million rows", "200,000 rows" },
        { "many columns", "256 columns" },
        { "long cell", "32,767" },
        { "deep", "nested" },
        { "no office file", "no Excel workbook" },
        { "truncated", "damaged" },
        { "old office", "old Office" },
        { "no grid", "No row names" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task ImportGrid_FileThatIsNotRead_RefusedWithItsReasonInBoundedMemory(string what, string reason)
    {
        await using var server = await ActionsServer.StartAsync();
        var content = Bad(what);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        using var watching = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!watching.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(false));
                await Task.Yield();
            }
        }, CancellationToken.None);

        var message = await RefusedAsync(server, content, Format.Unspecified);
        await watching.CancelAsync();
        await watch;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        // What is unpacked is 64 MB at the most, and twice that as text.
        Assert.InRange(peak - before, long.MinValue, 400L << 20);
    }

    private static byte[] Bad(string what)
    {
        var rows = new[] { Header };
        return what switch
        {
            "macros" => Office.Workbook(rows, "", ("xl/vbaProject.bin", "x")),
            "external links" => Office.Workbook(rows, "", ("xl/externalLinks/externalLink1.xml", "<x/>")),
            "external template" => Office.Document("", "<Relationship Id=\"t\" Type=\"x/attachedTemplate\" Target=\"http://example.org/evil.dotm\" TargetMode=\"External\"/>"),
            "external template in the settings" => Office.Zip(
                ("word/document.xml", "<x/>"),
                ("word/_rels/settings.xml.rels", "<Relationships><Relationship Id=\"t\" Type=\"x/attachedTemplate\" Target=\"http://example.org/evil.dotm\" TargetMode=\"External\"/></Relationships>")),
            "picture from elsewhere" => Office.Workbook(rows, "", ("xl/drawings/_rels/drawing1.xml.rels", "<Relationships><Relationship Id=\"p\" Type=\"x/image\" Target=\"http://example.org/seen.png\" TargetMode=\"External\"/></Relationships>")),
            "older macros" => Office.Workbook(rows, "", ("xl/macrosheets/sheet1.xml", "<x/>")),
            "far columns" => Office.Zip(
            [
                .. Bytes(Office.Parts("").Take(2)),
                ("xl/worksheets/sheet1.xml", s => Repeat(s, "<worksheet><sheetData>", "<row><c r=\"IV1\"><v>1</v></c></row>", 199_000, "</sheetData></worksheet>")),
            ]),
            "merged over and over" => Office.Zip(
            [
                .. Bytes(Office.Parts("").Take(2)),
                ("xl/worksheets/sheet1.xml", s =>
                {
                    using var writer = new StreamWriter(s);
                    writer.Write("<worksheet><sheetData>");
                    for (var i = 1; i <= 100_000; i++)
                        writer.Write($"<row r=\"{i}\"><c><v>1</v></c></row>");
                    writer.Write("</sheetData>");
                    for (var i = 0; i < 100_000; i++)
                        writer.Write("<mergeCell ref=\"A1:A100000\"/>");
                    writer.Write("</worksheet>");
                }),
            ]),
            "wide spans" => Office.Zip(("word/document.xml", s => Repeat(
                s,
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:tbl>",
                "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"256\"/></w:tcPr></w:tc></w:tr>", 199_000,
                "</w:tbl></w:document>"))),
            "entities" => Office.Zip(Office.Parts("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet>&a;</worksheet>")),
            "bomb" => Office.Zip(
            [
                .. Office.Parts("").Take(2).Select(p => (p.Item1, (Action<Stream>)(s => s.Write(System.Text.Encoding.UTF8.GetBytes(p.Item2))))),
                ("xl/worksheets/sheet1.xml", s => Repeat(s, "<worksheet><sheetData>", "<row><c t=\"inlineStr\"><is><t> </t></is></c></row>                                                                    ", 1_900_000 / 3, "</sheetData></worksheet>")),
                ("xl/sharedStrings.xml", s => Repeat(s, "<sst>", "<si><t>" + new string('x', 1000) + "</t></si>", 200_000, "</sst>")),
            ]),
            "million rows" => Office.Zip(
            [
                .. Office.Parts("").Take(2).Select(p => (p.Item1, (Action<Stream>)(s => s.Write(System.Text.Encoding.UTF8.GetBytes(p.Item2))))),
                ("xl/worksheets/sheet1.xml", s => Repeat(s, "<worksheet><sheetData>", "<row/>", 1_000_000, "</sheetData></worksheet>")),
            ]),
            "many columns" => Office.Zip(Office.Parts("<worksheet><sheetData><row><c r=\"ZZZ1\" t=\"n\"><v>1</v></c></row></sheetData></worksheet>")),
            "long cell" => Office.Workbook([["Ref", new string('x', 100_000)]]),
            "deep" => Office.Zip(Office.Parts("<worksheet>" + string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000)) + "</worksheet>")),
            "no office file" => Office.Zip(("readme.txt", "x")),
            "truncated" => Office.Workbook(rows)[..200],
            "old office" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            _ => Office.Workbook([["Nothing", "of", "that"]]),
        };
    }

    private static IEnumerable<(string, Action<Stream>)> Bytes(IEnumerable<(string Name, string Content)> parts) =>
        parts.Select(p => (p.Name, (Action<Stream>)(s => s.Write(System.Text.Encoding.UTF8.GetBytes(p.Content)))));

    private static void Repeat(Stream stream, string begin, string part, int times, string end)
    {
        using var writer = new StreamWriter(stream);
        writer.Write(begin);
        for (var i = 0; i < times; i++)
            writer.Write(part);
        writer.Write(end);
    }

    private static async Task<string> RefusedAsync(ActionsServer server, byte[] content, Format format)
    {
        RpcException? failure = null;
        await ApiAssert.FailsAsync(StatusCode.InvalidArgument, "ERROR_REASON_UNREADABLE_GRID", async () =>
        {
            try
            {
                await ImportAsync(server, content, format);
            }
            catch (RpcException e)
            {
                failure = e;
                throw;
            }
        }, "content");
        return failure!.Status.Detail;
    }

    private static async Task<ImportGridResponse> ImportAsync(ActionsServer server, byte[] content, Format format = Format.Unspecified) =>
        await server.Grids.ImportGridAsync(
            new ImportGridRequest
            {
                Parent = "plans/fenland",
                Period = "2018-10",
                Format = format,
                FileName = "grid",
                Content = ByteString.CopyFrom(content),
                CreateMissing = true,
            },
            cancellationToken: Deadline.Token);
}
