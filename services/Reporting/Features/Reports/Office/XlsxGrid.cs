using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PlanServices.Reporting.Features.Reports.Pages;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>The grid as an Excel table: one row an action, its headings frozen.</summary>
internal static class XlsxGrid
{
    public const string LastColumn = "N";

    private static readonly (string Heading, double Width)[] Columns =
    [
        ("Theme", 16), ("Ref", 8), ("Priority action", 38), ("Notes", 20), ("OPCC lead", 10), ("Delivery lead", 22),
        ("Key delivery activities", 70), ("Status", 14), ("Status reason", 28), ("Direction of travel", 16),
        ("Wider partnership opportunities", 40), ("Evidence links", 30), ("Cross-references", 16), ("Workflow state", 16),
    ];

    /// <summary>Writes the sheet; says which is its last row.</summary>
    public static uint Write(WorksheetPart part, ReportView view, XlsxStyles styles)
    {
        using var sheet = new XlsxSheet(part, 1, [.. Columns.Select(c => c.Width)]);
        sheet.Row(Columns.Select(c => XlsxSheet.Text(c.Heading, XlsxStyles.Head)));
        foreach (var row in view.Report.Rows)
        {
            var mark = view.Mark(row);
            sheet.Row(
                XlsxSheet.Text(row.ThemeDisplayName),
                XlsxSheet.Text(row.Ref),
                XlsxSheet.Text(row.Title),
                XlsxSheet.Text(string.Join('\n', row.Notes)),
                XlsxSheet.Text(string.Join(" / ", row.OpccLeads)),
                XlsxSheet.Text(row.LeadsNow()),
                row.BlankReason.Length > 0 ? XlsxSheet.Text($"[{row.BlankReason}]") : XlsxSheet.Text(view.Narrative(row)),
                XlsxSheet.Text(string.Join('\n', [$"{mark.Symbol} {mark.Label}", .. view.StatusNotes(row)]), styles.Of(mark)),
                XlsxSheet.Text(view.StatusReason(row)),
                XlsxSheet.Text(view.Direction(row)),
                XlsxSheet.Text(view.Opportunities(row)),
                XlsxSheet.Text(ReportView.Withheld(row, "evidence_links") is { Length: > 0 } reason ? $"[Not shown: {reason}]" : string.Join('\n', row.EvidenceLinks)),
                XlsxSheet.Text(string.Join(", ", row.CrossReferences)),
                XlsxSheet.Text(row.BlankReason.Length > 0 ? "Not shown" : row.State.Word()));
        }

        // A table has a row below its headings, were it empty.
        if (view.Report.Rows.Count == 0)
            sheet.Row(Columns.Select(_ => XlsxSheet.Text("")));

        var last = sheet.Rows;
        var table = part.AddNewPart<TableDefinitionPart>();
        table.Table = new Table(
            new AutoFilter { Reference = $"A1:{LastColumn}{last}" },
            new TableColumns(Columns.Select((c, i) => new TableColumn { Id = (uint)i + 1, Name = c.Heading })) { Count = (uint)Columns.Length },
            new TableStyleInfo { Name = "TableStyleLight1", ShowFirstColumn = false, ShowLastColumn = false, ShowRowStripes = false, ShowColumnStripes = false })
        {
            Id = 1,
            Name = "Grid",
            DisplayName = "ProgressGrid",
            Reference = $"A1:{LastColumn}{last}",
        };
        sheet.End(view, new TableParts(new TablePart { Id = part.GetIdOfPart(table) }) { Count = 1 });
        return last;
    }
}
