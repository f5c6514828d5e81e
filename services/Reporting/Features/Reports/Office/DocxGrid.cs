using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>The rows of a theme as a Word table.</summary>
internal static class DocxGrid
{
    private static readonly int[] Widths = [2900, 850, 1800, 5200, 1700, 2800];

    private static readonly string[] Headings =
    [
        "Priority action", "OPCC lead", "Delivery lead", "Key delivery activities and work in progress", "Status and direction of travel",
        "Wider partnership opportunities",
    ];

    public static void Write(OpenXmlWriter writer, MainDocumentPart main, ReportView view, ThemeRows theme)
    {
        writer.WriteElement(DocxText.Paragraph("Heading1", DocxText.Run(theme.Name)));
        writer.WriteStartElement(new Table());
        foreach (var element in DocxText.TableHead($"Priority actions of {theme.Name}", "One row an action: who leads it, what was done, its status and direction, and what partners could do.", Widths))
            writer.WriteElement(element);

        writer.WriteElement(DocxText.HeadRow(Widths, Headings));
        foreach (var row in theme.Rows)
        {
            writer.WriteElement(new TableRow(
                new TableRowProperties(ReportView.IsLong(row) ? [] : [new CantSplit()]),
                DocxText.Cell(Widths[0], null, [.. Action(row)]),
                DocxText.Cell(Widths[1], null, Plain(string.Join(" / ", row.OpccLeads))),
                DocxText.Cell(Widths[2], null, Plain(row.LeadsNow())),
                DocxText.Cell(Widths[3], null, [.. Progress(main, view, row)]),
                DocxText.Cell(Widths[4], null, [.. Status(main, view, row)]),
                DocxText.Cell(Widths[5], null, [.. DocxText.Of(main, view.Opportunities(row), "TableText")])));
        }

        writer.WriteEndElement();
    }

    private static IEnumerable<OpenXmlElement> Action(ReportRow row) =>
    [
        DocxText.Paragraph("TableText", DocxText.Run(row.Ref, "Ref"), DocxText.Run($"  {row.Title}")),
        .. row.Notes.Select(note => DocxText.Paragraph("Small", DocxText.Run($"Note: {note}"))),
    ];

    private static IEnumerable<OpenXmlElement> Progress(MainDocumentPart main, ReportView view, ReportRow row)
    {
        if (row.BlankReason.Length > 0)
            yield return DocxText.Paragraph("NotShown", DocxText.Run(row.BlankReason));
        foreach (var paragraph in DocxText.Of(main, view.Narrative(row), "TableText"))
            yield return paragraph;
        if (ReportView.Withheld(row, "evidence_links") is { Length: > 0 } reason)
            yield return DocxText.Paragraph("NotShown", DocxText.Run($"Evidence links not shown: {reason}"));
        var (links, references) = view.Unnamed(row);
        foreach (var link in links)
            yield return DocxText.Paragraph("Small", DocxText.Link(main, link));
        if (references.Count > 0)
            yield return DocxText.Paragraph("Small", DocxText.Run($"See also {string.Join(", ", references)}"));
        if (row.ReferencedBy.Count > 0)
            yield return DocxText.Paragraph("Small", DocxText.Run($"Referred to by {string.Join(", ", row.ReferencedBy)}"));
    }

    private static IEnumerable<OpenXmlElement> Status(MainDocumentPart main, ReportView view, ReportRow row) =>
    [
        DocxText.Status(view.Mark(row)),
        Plain(view.Direction(row)),
        .. DocxText.Of(main, view.StatusReason(row), "TableText", "Reason"),
        .. view.StatusNotes(row).Select(note => DocxText.Paragraph("Small", DocxText.Run(note))),
    ];

    private static Paragraph Plain(string text) => DocxText.Paragraph("TableText", DocxText.Run(text));
}
