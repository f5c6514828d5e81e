using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PlanServices.Reporting.Features.Reports.Charts;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.Reporting.V1;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;
using X = DocumentFormat.OpenXml.Drawing.Spreadsheet;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>A report as an Excel workbook: the figures with their pictures, the grid as a table, the key.</summary>
internal static class XlsxReport
{
    public static byte[] Write(ReportView view)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            OfficePackage.Describe(document, view);
            var workbook = document.AddWorkbookPart();
            var styles = new XlsxStyles(workbook, [.. view.Kinds.Select(k => k.Mark), .. view.Report.Rows.Select(view.Mark)]);
            var summary = workbook.AddNewPart<WorksheetPart>();
            var grid = workbook.AddNewPart<WorksheetPart>();
            var key = workbook.AddNewPart<WorksheetPart>();
            Summary(summary, view, styles);
            var lastRow = XlsxGrid.Write(grid, view, styles);
            Key(key, view, styles);
            workbook.Workbook = new Workbook(
                new BookViews(new WorkbookView()),
                new Sheets(
                    new Sheet { Name = "Summary", SheetId = 1, Id = workbook.GetIdOfPart(summary) },
                    new Sheet { Name = "Grid", SheetId = 2, Id = workbook.GetIdOfPart(grid) },
                    new Sheet { Name = "Key", SheetId = 3, Id = workbook.GetIdOfPart(key) }),
                // The headings stand on each printed page.
                new DefinedNames(
                    new DefinedName($"Grid!$A$1:${XlsxGrid.LastColumn}${lastRow}") { Name = "_xlnm.Print_Area", LocalSheetId = 1 },
                    new DefinedName("Grid!$1:$1") { Name = "_xlnm.Print_Titles", LocalSheetId = 1 }));
        }

        return bytes.ToArray();
    }

    private static void Summary(WorksheetPart part, ReportView view, XlsxStyles styles)
    {
        using var sheet = new XlsxSheet(part, 0, [28, 10, .. view.Kinds.Select(_ => 13.0), 13, 13, 13, 16]);
        if (view.Marking.Length > 0)
            sheet.Row(XlsxSheet.Text(view.Marking, XlsxStyles.Title));
        sheet.Row(XlsxSheet.Text(view.Title, XlsxStyles.Title));
        sheet.Row(XlsxSheet.Text($"As at {view.AsAt}. {view.Coverage}", XlsxStyles.Plain));
        sheet.Row(XlsxSheet.Text(view.Edition, XlsxStyles.Plain));
        if (view.Correction.Length > 0)
            sheet.Row(XlsxSheet.Text(view.Correction, XlsxStyles.Plain));
        sheet.Row(XlsxSheet.Text(view.Imprint, XlsxStyles.Plain));
        sheet.Row();
        sheet.Row(
        [
            XlsxSheet.Text("Theme", XlsxStyles.Head), XlsxSheet.Text("Actions", XlsxStyles.Head),
            .. view.Kinds.Select(k => XlsxSheet.Text($"{k.Mark.Symbol} {k.Mark.Label}", styles.Of(k.Mark))),
            .. new[] { "↑ Improved", "↔ No change", "↓ Deteriorated", view.Report.Audience is Audience.Panel or Audience.Public ? "Direction not recorded or not shown" : "Direction not recorded" }
                .Select(h => XlsxSheet.Text(h, XlsxStyles.Head)),
        ]);
        foreach (var theme in view.Summary.Themes)
            sheet.Row(Figures(ReportView.Name(theme.DisplayName), theme.Tally, XlsxStyles.Text, XlsxStyles.Number));
        sheet.Row(Figures("All themes", view.Summary.Total, XlsxStyles.Total, XlsxStyles.Total));

        IEnumerable<Cell> Figures(string name, Tally tally, uint text, uint number) =>
        [
            XlsxSheet.Text(name, text), XlsxSheet.Number(tally.Leaves, number),
            .. view.Kinds.Select(k => XlsxSheet.Number(k.Count(tally.Statuses), number)),
            XlsxSheet.Number(tally.Directions.Improved, number), XlsxSheet.Number(tally.Directions.NoChange, number),
            XlsxSheet.Number(tally.Directions.Deteriorated, number),
            XlsxSheet.Number(tally.Directions.NotRecorded + tally.Directions.NotShown, number),
        ];

        var pictures = new[] { (Data: ChartData.StatusByTheme(view), Lines: false), (Data: ChartData.Trend(view), Lines: true) }
            .Where(p => p.Data is not null)
            .ToArray();
        if (pictures.Length == 0)
        {
            sheet.End(view);
            return;
        }

        var drawings = part.AddNewPart<DrawingsPart>();
        drawings.WorksheetDrawing = new X.WorksheetDrawing();
        foreach (var ((data, lines), i) in pictures.Select((p, i) => (p, i)))
            drawings.WorksheetDrawing.Append(Picture(drawings, data!, lines, i, (int)sheet.Rows + 1));

        sheet.End(view, new Drawing { Id = part.GetIdOfPart(drawings) });
    }

    private static void Key(WorksheetPart part, ReportView view, XlsxStyles styles)
    {
        using var sheet = new XlsxSheet(part, 1, 24, 90);
        sheet.Row(XlsxSheet.Text("Mark", XlsxStyles.Head), XlsxSheet.Text("Meaning", XlsxStyles.Head));
        foreach (var kind in view.Kinds)
            sheet.Row(XlsxSheet.Text($"{kind.Mark.Symbol} {kind.Mark.Label}", styles.Of(kind.Mark)), XlsxSheet.Text(kind.Meaning));

        sheet.Row(XlsxSheet.Text("Direction of travel"), XlsxSheet.Text(ReportView.DirectionKey));
        if (view.Legend.Length > 0)
            sheet.Row(XlsxSheet.Text("New text"), XlsxSheet.Text($"{view.Legend} {ReportView.NewMark}"));

        sheet.End(view);
    }

    private static X.TwoCellAnchor Picture(DrawingsPart drawings, ChartData data, bool lines, int place, int row)
    {
        var part = drawings.AddNewPart<ChartPart>();
        OfficeChart.Fill(part, data, lines);
        return new X.TwoCellAnchor(
            Marker<X.FromMarker>(place * 6, row),
            Marker<X.ToMarker>((place * 6) + 6, row + 18),
            new X.GraphicFrame(
                new X.NonVisualGraphicFrameProperties(
                    new X.NonVisualDrawingProperties { Id = (uint)place + 2, Name = data.Title, Description = $"{data.Title}. {data.Alternative}" },
                    new X.NonVisualGraphicFrameDrawingProperties()),
                new X.Transform(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = 0, Cy = 0 }),
                new A.Graphic(new A.GraphicData(new C.ChartReference { Id = drawings.GetIdOfPart(part) }) { Uri = OfficeChart.Uri }))
            { Macro = "" },
            new X.ClientData());
    }

    private static T Marker<T>(int column, int row)
        where T : X.MarkerType, new()
    {
        var marker = new T();
        marker.Append(new X.ColumnId($"{column}"), new X.ColumnOffset("0"), new X.RowId($"{row}"), new X.RowOffset("0"));
        return marker;
    }
}
