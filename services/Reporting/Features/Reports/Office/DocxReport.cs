using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PlanServices.Reporting.Features.Reports.Charts;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.Reporting.V1;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using W = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>A report as a Word document. Its text is written row by row; no more than a row of it is in memory as elements.</summary>
internal static class DocxReport
{
    // In twentieths of a point: what is between the margins of A4 across.
    private const int TextWidth = 15250;
    private const long EmuPerTwip = 635;

    public static byte[] Write(ReportView view)
    {
        using var bytes = new MemoryStream();
        using (var document = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            OfficePackage.Describe(document, view);
            var main = document.AddMainDocumentPart();
            DocxParts.AddStyles(main);
            DocxParts.AddSettings(main);
            var page = DocxParts.AddPage(main, view);
            using var writer = OpenXmlWriter.Create(main);
            writer.WriteStartDocument();
            writer.WriteStartElement(new Document());
            writer.WriteStartElement(new Body());
            Front(writer, main, view);
            foreach (var theme in view.Themes)
                DocxGrid.Write(writer, main, view, theme);

            writer.WriteElement(page);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Front(OpenXmlWriter writer, MainDocumentPart main, ReportView view)
    {
        writer.WriteElement(DocxText.Paragraph("Title", DocxText.Run(view.Summary.PlanDisplayName)));
        writer.WriteElement(DocxText.Paragraph("Subtitle", DocxText.Run($"Progress on the priority actions as at {view.AsAt}. {view.Coverage}")));
        writer.WriteElement(DocxText.Paragraph("Normal", DocxText.Run(view.Edition)));
        if (view.Correction.Length > 0)
            writer.WriteElement(DocxText.Paragraph("Normal", DocxText.Run(view.Correction)));

        writer.WriteElement(DocxText.Paragraph("Heading1", DocxText.Run("Summary")));
        Figures(writer, view);
        var pictures = new[] { (Data: ChartData.StatusByTheme(view), Lines: false), (Data: ChartData.Trend(view), Lines: true) }
            .Where(p => p.Data is not null)
            .Select((p, i) => Picture(main, p.Data!, p.Lines, (uint)i + 1))
            .ToArray();
        if (pictures.Length > 0)
            writer.WriteElement(DocxText.Paragraph("Normal", [.. pictures.Select(p => new Run(p))]));

        // Beside the pictures there is no room for all of it.
        var heading = DocxText.Paragraph("Heading1", DocxText.Run("Key"));
        heading.ParagraphProperties!.Append(new PageBreakBefore());
        writer.WriteElement(heading);
        Key(writer, view);
    }

    private static void Figures(OpenXmlWriter writer, ReportView view)
    {
        string[] headings =
        [
            "Theme", "Actions", .. view.Kinds.Select(k => $"{k.Mark.Symbol} {k.Mark.Label}"), "↑ Improved", "↔ No change", "↓ Deteriorated",
            view.Report.Audience is Audience.Panel or Audience.Public ? "Direction not recorded or not shown" : "Direction not recorded",
        ];
        const int First = 1500;
        var other = (TextWidth - First) / (headings.Length - 1);
        var widths = headings.Select((_, i) => i == 0 ? First : other).ToArray();
        writer.WriteStartElement(new Table());
        foreach (var element in DocxText.TableHead("Actions by theme and status", "One row a theme, the last for all themes; one column a status and direction of travel.", widths))
            writer.WriteElement(element);

        var head = DocxText.HeadRow(widths, headings);
        var cells = head.Elements<TableCell>().ToList();
        foreach (var (kind, i) in view.Kinds.Select((k, i) => (k, i + 2)))
            head.ReplaceChild(DocxText.Head(widths[i], kind.Mark), cells[i]);

        writer.WriteElement(head);
        foreach (var theme in view.Summary.Themes)
            writer.WriteElement(Row(ReportView.Name(theme.DisplayName), theme.Tally, null));

        writer.WriteElement(Row("All themes", view.Summary.Total, "F3F6F9"));
        writer.WriteEndElement();

        TableRow Row(string name, Tally tally, string? fill)
        {
            int[] figures =
            [
                tally.Leaves, .. view.Kinds.Select(k => k.Count(tally.Statuses)), tally.Directions.Improved, tally.Directions.NoChange,
                tally.Directions.Deteriorated, tally.Directions.NotRecorded + tally.Directions.NotShown,
            ];
            var row = new TableRow(new TableRowProperties(new CantSplit()), DocxText.Cell(widths[0], fill, DocxText.Paragraph("TableText", DocxText.Run(name))));
            row.Append(figures.Select((f, i) =>
            {
                var paragraph = DocxText.Paragraph("TableText", DocxText.Run($"{f}"));
                paragraph.ParagraphProperties!.Append(new Justification { Val = JustificationValues.Right });
                return DocxText.Cell(widths[i + 1], fill, paragraph);
            }));
            return row;
        }
    }

    private static void Key(OpenXmlWriter writer, ReportView view)
    {
        int[] widths = [2650, TextWidth - 2650];
        writer.WriteStartElement(new Table());
        foreach (var element in DocxText.TableHead("Key", "What each status, arrow and mark means.", widths))
            writer.WriteElement(element);

        writer.WriteElement(DocxText.HeadRow(widths, "Mark", "Meaning"));
        foreach (var kind in view.Kinds)
            writer.WriteElement(Row([DocxText.Status(kind.Mark)], [DocxText.Run(kind.Meaning)]));

        writer.WriteElement(Row([DocxText.Paragraph("TableText", DocxText.Run("Direction of travel"))], [DocxText.Run(ReportView.DirectionKey)]));
        if (view.Legend.Length > 0)
        {
            writer.WriteElement(Row(
                [DocxText.Paragraph("TableText", DocxText.Run("New text"))],
                [DocxText.Run($"{view.Legend} "), DocxText.Mark(), DocxText.Run(" like this", "NewText"), DocxText.Run(".")]));
        }

        writer.WriteEndElement();

        TableRow Row(OpenXmlElement[] mark, OpenXmlElement[] meaning) => new(
            new TableRowProperties(new CantSplit()),
            DocxText.Cell(widths[0], null, mark),
            DocxText.Cell(widths[1], null, DocxText.Paragraph("TableText", meaning)));
    }

    private static Drawing Picture(MainDocumentPart main, ChartData data, bool lines, uint id)
    {
        var part = main.AddNewPart<ChartPart>();
        OfficeChart.Fill(part, data, lines);
        const long Width = TextWidth / 2 * EmuPerTwip - 60_000;
        return new Drawing(new W.Inline(
            new W.Extent { Cx = Width, Cy = 2_900_000 },
            new W.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new W.DocProperties { Id = id, Name = data.Title, Description = $"{data.Title}. {data.Alternative}" },
            new W.NonVisualGraphicFrameDrawingProperties(),
            new A.Graphic(new A.GraphicData(new C.ChartReference { Id = main.GetIdOfPart(part) }) { Uri = OfficeChart.Uri }))
        {
            DistanceFromTop = 0,
            DistanceFromBottom = 0,
            DistanceFromLeft = 0,
            DistanceFromRight = 0,
        });
    }
}
