using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PlanServices.Actions.Features.Grid.Editing;
using PlanServices.Actions.Features.Grid.Tables;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Exporting;

/// <summary>
/// A grid as an Excel workbook: a frozen heading, a filter, wrapped text, lists for status and direction, and each status filled with its
/// colour. All cells are text: none is ever a formula.
/// </summary>
internal static class XlsxSheet
{
    private static readonly double[] Widths = [14, 8, 36, 11, 22, 70, 13, 30, 14, 40, 30, 16, 14, 30];

    public static byte[] Write(ExportedGrid grid)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var styles = new XlsxStyleSheet(grid.Scheme);
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = styles.Sheet;
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet = Sheet(grid, styles);
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = "Progress" }));
            document.PackageProperties.Title = Clean(grid.Title);
        }

        return bytes.ToArray();
    }

    /// <summary>What a cell shows of a text. Excel holds 32,767 characters: a longer text is not shown, and not read back.</summary>
    public static string CellText(string text) => text.Length < OfficeFile.MostCharacters
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"[A text of {text.Length:N0} characters: too long for a spreadsheet's cell. It is not changed.]");

    private static Worksheet Sheet(ExportedGrid grid, XlsxStyleSheet styles)
    {
        var headings = ExportedGrid.Headings.ToArray();
        var last = grid.Rows.Count + 1;
        var data = new SheetData(HeadingRow(headings));
        var status = Array.IndexOf(headings, "Status");
        foreach (var (row, index) in grid.Rows.Select((r, i) => (r, i)))
        {
            var cells = grid.CellsOf(row).Select((cell, column) => TextCell(
                index + 2,
                column,
                SpreadsheetCell.Neutralise(CellText(cell)),
                column == status ? styles.Of(row.Update?.Status ?? 0) : column == headings.Length - 1 || column < GridCells.ActionColumns.Count || column == headings.Length - 2 ? XlsxStyleSheet.Fixed : XlsxStyleSheet.Text));
            data.Append(new Row(cells) { RowIndex = (uint)index + 2 });
        }

        return new Worksheet(
            new SheetViews(new SheetView(new Pane
            {
                HorizontalSplit = 2,
                VerticalSplit = 1,
                TopLeftCell = "C2",
                ActivePane = PaneValues.BottomRight,
                State = PaneStateValues.Frozen,
            })
            {
                WorkbookViewId = 0,
                TabSelected = true,
            }),
            new Columns(Widths.Select((width, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })),
            data,
            new AutoFilter { Reference = $"A1:{Letter(headings.Length - 1)}{Math.Max(last, 2)}" },
            new DataValidations(
                Choice(grid.Cells.StatusWords, $"{Letter(status)}2:{Letter(status)}{Math.Max(last, 2)}"),
                Choice(GridCells.DirectionWords, $"{Letter(status + 2)}2:{Letter(status + 2)}{Math.Max(last, 2)}"))
            { Count = 2 });
    }

    private static Row HeadingRow(string[] headings) =>
        new(headings.Select((heading, column) => TextCell(1, column, heading, XlsxStyleSheet.Heading))) { RowIndex = 1 };

    private static Cell TextCell(int row, int column, string text, uint style) => new(new InlineString(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }))
    {
        CellReference = $"{Letter(column)}{row}",
        DataType = CellValues.InlineString,
        StyleIndex = style,
    };

    private static DataValidation Choice(IEnumerable<string> words, string cells) => new(new Formula1($"\"{string.Join(',', words.Select(w => w.Replace("\"", "\"\"", StringComparison.Ordinal)))}\""))
    {
        Type = DataValidationValues.List,
        AllowBlank = true,
        SequenceOfReferences = new ListValue<StringValue> { InnerText = cells },
    };

    // Characters that XML does not have are written as Excel writes them; what looks like such a code is kept apart from it.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                clean.Append(c).Append(text[++i]);
            else if (c == '_' && i + 6 < text.Length && text[i + 1] == 'x' && text[i + 6] == '_')
                clean.Append("_x005F_");
            else if (c is '\t' or '\n' || (c >= ' ' && !char.IsSurrogate(c) && c < '\uFFFE'))
                clean.Append(c);
            else
                clean.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
        }

        return clean.ToString();
    }

    private static string Letter(int column) => ((char)('A' + column)).ToString();
}
