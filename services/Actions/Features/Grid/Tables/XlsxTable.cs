using System.Xml;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>The records of a workbook: of the first of its sheets that has a row which names a grid's columns, one that is shown before one that is hidden.</summary>
internal static class XlsxTable
{
    private const string Workbook = "xl/workbook.xml";

    public static bool Is(OfficeFile file) => file.Has(Workbook);

    /// <exception cref="UnreadableGridException">No sheet has a grid, or a limit is passed.</exception>
    public static List<TableRecord> Read(OfficeFile file, Findings findings)
    {
        var shared = SharedStrings(file);
        var fills = XlsxStyles.Fills(file);
        var sheets = Sheets(file);
        foreach (var sheet in sheets.OrderBy(s => s.Hidden))
        {
            var reader = new XlsxSheetReader(file, sheet.Part, shared, fills);
            var records = reader.Read();
            if (!records.Exists(r => TableHeader.Names(r.Cells)))
                continue;

            if (sheets.Count > 1)
            {
                findings.Info(
                    "SHEET_CHOSEN", 0, "", string.Join(", ", sheets.Select(s => s.Name)), sheet.Name,
                    "The first sheet with a grid's columns was read, one that is shown before one that is hidden.", 1);
            }

            reader.Hidden.Report(findings);
            return records;
        }

        throw new UnreadableGridException(GridReader.NoHeading);
    }

    private static List<(string Name, string Part, bool Hidden)> Sheets(OfficeFile file)
    {
        var relationships = file.Relationships(Workbook);
        List<(string, string, bool)> sheets = [];
        using var reader = file.Xml(Workbook)!;
        while (OfficeFile.Read(reader))
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "sheet" }
                && relationships.GetValueOrDefault(reader.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? "") is { Target: { } target }
                && target.Contains("worksheets/", StringComparison.Ordinal))
            {
                var hidden = reader.GetAttribute("state") is "hidden" or "veryHidden";
                sheets.Add((reader.GetAttribute("name") ?? "", target.StartsWith('/') ? target[1..] : $"xl/{target}", hidden));
            }
        }

        return sheets;
    }

    private static List<string> SharedStrings(OfficeFile file)
    {
        List<string> strings = [];
        using var reader = file.Xml("xl/sharedStrings.xml");
        while (reader is not null && OfficeFile.Read(reader))
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
                strings.Add(XlsxText.Read(reader, "si"));
        }

        return strings;
    }
}
