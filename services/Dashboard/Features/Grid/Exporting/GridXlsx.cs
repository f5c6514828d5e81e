using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace PlanServices.Dashboard.Features.Grid.Exporting;

/// <summary>The rows as an Excel workbook: a frozen heading, a filter, wrapped text. All cells are text: none is ever a formula.</summary>
internal static class GridXlsx
{
    // What a cell can hold.
    private const int MostCharacters = 32_767;
    private const uint Heading = 1;
    private const uint Wrapped = 2;

    private static readonly double[] Widths = [16, 8, 40, 11, 24, 70, 14, 36, 16, 44, 14];

    public static byte[] Write(GridColumns grid)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            document.PackageProperties.Title = XmlText.Clean(grid.Title);
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var part = workbook.AddNewPart<WorksheetPart>();
            part.Worksheet = new Worksheet(
                new SheetViews(new SheetView(new Pane { HorizontalSplit = 2, VerticalSplit = 1, TopLeftCell = "C2", ActivePane = PaneValues.BottomRight, State = PaneStateValues.Frozen })
                {
                    WorkbookViewId = 0,
                }),
                new Columns(Widths.Select((width, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true })),
                new SheetData(grid.Rows.Prepend(GridColumns.Headings).Select((row, i) => Line(row, i + 1))),
                new AutoFilter { Reference = $"A1:{Letter(GridColumns.Headings.Length - 1)}{Math.Max(grid.Rows.Count + 1, 2)}" });
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = 1, Name = "Grid" }));
        }

        return bytes.ToArray();
    }

    private static Row Line(string[] cells, int number) =>
        new(cells.Select((cell, column) => new Cell(new InlineString(new Text(Short(XmlText.Clean(cell))) { Space = SpaceProcessingModeValues.Preserve }))
        {
            CellReference = $"{Letter(column)}{number}",
            DataType = CellValues.InlineString,
            StyleIndex = number == 1 ? Heading : Wrapped,
        }))
        {
            RowIndex = (uint)number,
        };

    private static string Short(string text) => text.Length <= MostCharacters ? text : $"{text[..(MostCharacters - 1)]}…";

    private static string Letter(int column) => ((char)('A' + column)).ToString();

    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { ApplyAlignment = true }));
}
