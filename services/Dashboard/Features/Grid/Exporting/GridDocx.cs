using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace PlanServices.Dashboard.Features.Grid.Exporting;

/// <summary>The rows as a Word document: one table across an A4 page, its heading on each page.</summary>
internal static class GridDocx
{
    // In twentieths of a point: A4 across, between its margins.
    private const int PageWidth = 16838;
    private const int PageHeight = 11906;
    private const int Margin = 720;

    // The columns of a paper that fit beside each other, and their widths; what stands under a narrative in the paper stands in its cell.
    private static readonly (string Heading, int[] Of, int Width)[] Columns =
    [
        ("Ref", [1], 800), ("Priority action", [2], 3000), ("OPCC", [3], 900), ("Delivery lead", [4], 1900), ("Key delivery activities", [5, 7, 9], 5700),
        ("Status", [GridColumns.Status], 1400), ("Direction", [8], 1600),
    ];

    public static byte[] Write(GridColumns grid)
    {
        using var bytes = new MemoryStream();
        using (var document = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = XmlText.Clean(grid.Title);
            var table = new Table(
                new TableProperties(new TableBorders(
                    Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>())),
                new TableGrid(Columns.Select(c => new GridColumn { Width = $"{c.Width}" })));
            table.Append(new TableRow([new TableRowProperties(new TableHeader()), .. Columns.Select(c => (OpenXmlElement)Cell([c.Heading], c.Width, bold: true))]));
            table.Append(grid.Rows.Select(row => new TableRow(Columns.Select(c => Cell(c.Of.Select(i => row[i]), c.Width)))));
            document.AddMainDocumentPart().Document = new Document(new Body(
                Text(grid.Title, bold: true, size: "32"),
                Text(grid.Shown),
                table,
                new SectionProperties(
                    new PageSize { Width = PageWidth, Height = PageHeight, Orient = PageOrientationValues.Landscape },
                    new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin })));
        }

        return bytes.ToArray();
    }

    private static TBorder Line<TBorder>()
        where TBorder : BorderType, new() => new() { Val = BorderValues.Single, Size = 4 };

    private static TableCell Cell(IEnumerable<string> texts, int width, bool bold = false) => new(
        [
            new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = $"{width}" }),
            .. texts.SelectMany((t, i) => i > 0 && t.Length == 0 ? [] : t.Split('\n')).DefaultIfEmpty("").Select(line => Text(line, bold, "18")),
        ]);

    private static Paragraph Text(string text, bool bold = false, string size = "20")
    {
        var properties = new RunProperties();
        if (bold)
            properties.Append(new Bold());
        properties.Append(new FontSize { Val = size });
        return new Paragraph(new Run(properties, new Text(XmlText.Clean(text)) { Space = SpaceProcessingModeValues.Preserve }));
    }
}
