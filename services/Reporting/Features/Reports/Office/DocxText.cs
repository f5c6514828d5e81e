using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PlanServices.Reporting.Features.Reports.Pages;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>Paragraphs, runs, cells and tables of a Word document.</summary>
internal static class DocxText
{
    public static Run Run(string text, string? style = null)
    {
        var run = new Run();
        if (style is not null)
            run.Append(new RunProperties(new RunStyle { Val = style }));

        foreach (var (line, i) in text.Split('\n').Select((l, i) => (l, i)))
        {
            if (i > 0)
                run.Append(new Break());
            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }

        return run;
    }

    public static Paragraph Paragraph(string style, params OpenXmlElement[] content)
    {
        var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }));
        paragraph.Append(content);
        return paragraph;
    }

    /// <summary>A cell's text, with what is new underlined behind a mark, or the reason for which it is not shown.</summary>
    public static IEnumerable<Paragraph> Of(MainDocumentPart main, PageText text, string style, string label = "")
    {
        if (text.NotShown.Length > 0)
            yield return Paragraph("NotShown", Run($"{(label.Length > 0 ? $"{label} not shown" : "Not shown")}: {text.NotShown}"));

        foreach (var runs in text.Paragraphs)
        {
            var paragraph = Paragraph(style, []);
            foreach (var run in runs)
            {
                if (run.IsNew)
                    paragraph.Append(Mark(), Run(" ", "NewText"));
                paragraph.Append(run.Parts.Select(p => p.IsWebLink ? Link(main, p.Text, run.IsNew ? "NewText" : "Hyperlink") : Run(p.Text, run.IsNew ? "NewText" : null)));
            }

            yield return paragraph;
        }
    }

    /// <summary>
    /// A link. Only an address of the web is made one; anything else stays text. Word takes addresses of up to 2,079 characters.
    /// </summary>
    public static OpenXmlElement Link(MainDocumentPart main, string link, string style = "Hyperlink") =>
        TextLinks.WebAddress(link) is { Length: <= 2000 } address
            ? new Hyperlink(Run(link, style)) { Id = main.AddHyperlinkRelationship(new Uri(address), isExternal: true).Id }
            : Run(link);

    /// <summary>The mark before what is new.</summary>
    public static Run Mark() => new(
        new RunProperties(new Bold(), new Color { Val = "0B4A8A" }, new FontSize { Val = "14" }),
        new Text(ReportView.NewMark));

    /// <summary>A status: its letter in bold and its word, on its colour.</summary>
    public static Paragraph Status(StatusMark mark, string style = "TableText") => Paragraph(
        style,
        new Run(StatusLook(mark, bold: true), new Text($" {mark.Symbol} ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(StatusLook(mark, bold: false), new Text($"{mark.Label} ") { Space = SpaceProcessingModeValues.Preserve }));

    public static TableCell Cell(int width, string? fill, params IReadOnlyList<OpenXmlElement> content)
    {
        var properties = new TableCellProperties(new TableCellWidth { Width = $"{width}", Type = TableWidthUnitValues.Dxa });
        if (fill is not null)
            properties.Append(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = fill });

        var cell = new TableCell(properties);
        cell.Append(content);
        // A cell has to end with a paragraph.
        if (cell.LastChild is not DocumentFormat.OpenXml.Wordprocessing.Paragraph)
            cell.Append(Paragraph("TableText", []));
        return cell;
    }

    /// <summary>What a table begins with: its look, its text alternative, its columns.</summary>
    public static OpenXmlElement[] TableHead(string caption, string description, IReadOnlyList<int> widths) =>
    [
        new TableProperties(
            new TableWidth { Width = $"{widths.Sum()}", Type = TableWidthUnitValues.Dxa },
            new TableBorders(
                Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(),
                Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>()),
            new TableLayout { Type = TableLayoutValues.Fixed },
            new TableCellMarginDefault(
                new TopMargin { Width = "40", Type = TableWidthUnitValues.Dxa },
                new TableCellLeftMargin { Width = 85, Type = TableWidthValues.Dxa },
                new BottomMargin { Width = "40", Type = TableWidthUnitValues.Dxa },
                new TableCellRightMargin { Width = 85, Type = TableWidthValues.Dxa }),
            new TableLook { Val = "0020", FirstRow = true, LastRow = false, FirstColumn = false, LastColumn = false, NoHorizontalBand = true, NoVerticalBand = true },
            new TableCaption { Val = caption },
            new TableDescription { Val = description }),
        new TableGrid(widths.Select(w => new GridColumn { Width = $"{w}" })),
    ];

    /// <summary>The row of headings; it stands again at the head of each page.</summary>
    public static TableRow HeadRow(IReadOnlyList<int> widths, params IReadOnlyList<string> headings)
    {
        var row = new TableRow(new TableRowProperties(new CantSplit(), new TableHeader()));
        row.Append(headings.Select((h, i) => Cell(widths[i], DocxParts.Ink, Paragraph("TableHead", Run(h)))));
        return row;
    }

    /// <summary>The heading of a column of figures: a status on its colour.</summary>
    public static TableCell Head(int width, StatusMark mark) => Cell(width, OfficePackage.Rgb(mark.Fill), Paragraph(
        "TableHead", new Run(new RunProperties(new Color { Val = OfficePackage.Rgb(mark.Ink) }), new Text($"{mark.Symbol} {mark.Label}"))));

    private static RunProperties StatusLook(StatusMark mark, bool bold)
    {
        var look = new RunProperties();
        if (bold)
            look.Append(new Bold());
        look.Append(
            new Color { Val = OfficePackage.Rgb(mark.Ink) },
            new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = OfficePackage.Rgb(mark.Fill) });
        return look;
    }

    private static T Border<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "B3BDC7" };
}
