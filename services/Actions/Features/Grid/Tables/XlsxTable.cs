using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>The records of a workbook: of the first of its sheets that has a row which names a grid's columns.</summary>
internal static partial class XlsxTable
{
    private const string Workbook = "xl/workbook.xml";

    public static bool Is(OfficeFile file) => file.Has(Workbook);

    /// <exception cref="UnreadableGridException">No sheet has a grid, or a limit is passed.</exception>
    public static List<TableRecord> Read(OfficeFile file, Findings findings)
    {
        var shared = SharedStrings(file);
        var fills = XlsxStyles.Fills(file);
        var sheets = Sheets(file);
        foreach (var (name, part) in sheets)
        {
            var records = new SheetReader(file, part, shared, fills).Read();
            if (!records.Exists(r => TableRows.IsHeader(r.Cells)))
                continue;

            if (sheets.Count > 1)
            {
                findings.Info(
                    "SHEET_CHOSEN", 0, "", string.Join(", ", sheets.Select(s => s.Name)), name, "The first sheet with a grid's columns was read.", 1);
            }

            return records;
        }

        throw new UnreadableGridException(GridReader.NoHeading);
    }

    private static List<(string Name, string Part)> Sheets(OfficeFile file)
    {
        var relationships = file.Relationships(Workbook);
        List<(string, string)> sheets = [];
        using var reader = file.Xml(Workbook)!;
        while (OfficeFile.Read(reader))
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "sheet" }
                && relationships.GetValueOrDefault(reader.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ?? "") is { Target: { } target }
                && target.Contains("worksheets/", StringComparison.Ordinal))
                sheets.Add((reader.GetAttribute("name") ?? "", target.StartsWith('/') ? target[1..] : $"xl/{target}"));
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
                strings.Add(Text(reader, "si"));
        }

        return strings;
    }

    /// <summary>The text of an element: what stands in its <c>t</c>, without phonetic readings.</summary>
    internal static string Text(XmlReader reader, string element)
    {
        if (reader.IsEmptyElement)
            return "";

        var text = new StringBuilder();
        var (inText, phonetic) = (false, 0);
        while (OfficeFile.Read(reader))
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == element)
                break;

            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "rPh" && !reader.IsEmptyElement:
                    phonetic++;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "rPh":
                    phonetic--;
                    break;
                case XmlNodeType.Element when reader.LocalName == "t":
                    inText = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "t":
                    inText = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when inText && phonetic == 0:
                    text.Append(reader.Value);
                    break;
            }

            if (text.Length > OfficeFile.MostCharacters * 2)
                throw new UnreadableGridException($"A cell has more than {OfficeFile.MostCharacters:N0} characters, which no spreadsheet holds.");
        }

        return Unescape(text.ToString());
    }

    // "_x000D_" is a character that XML cannot have.
    private static string Unescape(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();

    /// <summary>Reads one sheet.</summary>
    private sealed class SheetReader(OfficeFile file, string part, List<string> shared, IReadOnlyList<string?> fills)
    {
        private readonly List<TableRecord> _records = [];
        private List<string> _cells = [];
        private List<string?> _cellFills = [];
        private Dictionary<int, int>? _lines;
        private int _row;
        private int _kept;

        public List<TableRecord> Read()
        {
            using var reader = file.Xml(part);
            var rows = 0;
            while (reader is not null && OfficeFile.Read(reader))
            {
                if (reader.NodeType != XmlNodeType.Element)
                    continue;

                switch (reader.LocalName)
                {
                    case "row":
                        if (++rows > OfficeFile.MostRows)
                            throw new UnreadableGridException($"A sheet has more than {OfficeFile.MostRows:N0} rows, empty ones among them.");
                        BeginRow(reader);
                        break;
                    case "c":
                        Cell(reader);
                        break;
                    case "mergeCell":
                        Merge(reader.GetAttribute("ref") ?? "");
                        break;
                }
            }

            EndRow();
            return _records;
        }

        private void BeginRow(XmlReader reader)
        {
            EndRow();
            _row = int.TryParse(reader.GetAttribute("r"), CultureInfo.InvariantCulture, out var number) ? number : _row + 1;
        }

        private void EndRow()
        {
            if (_cells.Exists(c => c.Length > 0) || _cellFills.Exists(f => f is not null && FillColour.Status(f) is not null))
            {
                Keep(_cells.Count);
                _records.Add(new TableRecord(_row, _cells, _cellFills));
            }

            (_cells, _cellFills) = ([], []);
        }

        private void Cell(XmlReader reader)
        {
            var column = reader.GetAttribute("r") is { } at ? ColumnOf(at) : _cells.Count;
            if (column >= OfficeFile.MostColumns)
            {
                throw new UnreadableGridException($"A row has more than {OfficeFile.MostColumns} columns.");
            }

            while (_cells.Count <= column)
            {
                _cells.Add("");
                _cellFills.Add(null);
            }

            var type = reader.GetAttribute("t") ?? "n";
            if (int.TryParse(reader.GetAttribute("s"), CultureInfo.InvariantCulture, out var style) && style >= 0 && style < fills.Count)
                _cellFills[column] = fills[style];
            _cells[column] = Value(reader, type);
        }

        private string Value(XmlReader reader, string type)
        {
            if (reader.IsEmptyElement)
                return "";

            var value = "";
            while (OfficeFile.Read(reader) && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "c"))
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "is" })
                    value = Text(reader, "is");
                else if (reader is { NodeType: XmlNodeType.Element, LocalName: "v", IsEmptyElement: false } && OfficeFile.Read(reader) && reader.NodeType == XmlNodeType.Text)
                    value = reader.Value;
            }

            return type switch
            {
                "s" => int.TryParse(value, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < shared.Count ? shared[index] : "",
                "b" => value == "1" ? "TRUE" : "FALSE",
                // An error such as #REF! is no text of anybody.
                "e" => "",
                "inlineStr" => value,
                _ => Unescape(value),
            };
        }

        // A merged cell's text belongs to each of its rows.
        private void Merge(string area)
        {
            EndRow();
            if (area.Split(':') is not [var from, var to])
                return;

            var (first, last, column) = (RowOf(from), RowOf(to), ColumnOf(from));
            _lines ??= _records.Select((r, i) => (r.Line, Index: i)).DistinctBy(r => r.Line).ToDictionary(r => r.Line, r => r.Index);
            if (first == last || column >= OfficeFile.MostColumns || !_lines.TryGetValue(first, out var index)
                || _records[index].Cells.ElementAtOrDefault(column) is not { Length: > 0 } text)
                return;

            var top = _records[index];

            // No two merged areas overlap, so all of them together cover no more cells than a sheet may have.
            foreach (var record in _records.Skip(index + 1).TakeWhile(r => r.Line <= last))
            {
                var cells = (List<string>)record.Cells;
                Keep(Math.Max(1, column + 1 - cells.Count));
                var cellFills = (List<string?>)record.Fills!;
                while (cells.Count <= column)
                {
                    cells.Add("");
                    cellFills.Add(null);
                }

                cells[column] = text;
                cellFills[column] ??= top.Fills![column];
            }
        }

        private void Keep(int cells)
        {
            if ((_kept += cells) > OfficeFile.MostCells)
                throw new UnreadableGridException($"A sheet has more than {OfficeFile.MostCells:N0} cells, empty and merged ones among them.");
        }

        private static int ColumnOf(string reference) => reference.TakeWhile(char.IsAsciiLetter).Take(4).Aggregate(0, (sum, c) => (sum * 26) + (char.ToUpperInvariant(c) - 'A' + 1)) - 1 is >= 0 and var column ? column : 0;

        private static int RowOf(string reference) => int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"), CultureInfo.InvariantCulture, out var row) ? row : 0;
    }
}
