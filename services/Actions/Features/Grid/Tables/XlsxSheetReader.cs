using System.Globalization;
using System.Xml;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>Reads one sheet of a workbook.</summary>
internal sealed class XlsxSheetReader(OfficeFile file, string part, List<string> shared, IReadOnlyList<string?> fills)
{
    private readonly List<TableRecord> _records = [];
    private List<string> _cells = [];
    private List<string?> _cellFills = [];
    private Dictionary<int, int>? _lines;
    private int _row;
    private int _kept;
    private bool _hidden;

    /// <summary>What of the sheet is hidden.</summary>
    public XlsxHidden Hidden { get; } = new();

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
                case "col" when IsHidden(reader):
                    Hidden.Columns(reader.GetAttribute("min"), reader.GetAttribute("max"));
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
        _hidden = IsHidden(reader);
    }

    private void EndRow()
    {
        if (_cells.Exists(c => c.Length > 0) || _cellFills.Exists(f => f is not null && FillColour.Status(f) is not null))
        {
            Keep(_cells.Count);
            _records.Add(new TableRecord(_row, _cells, _cellFills));
            if (_hidden)
                Hidden.Row(_row);
            for (var i = 0; i < _cells.Count; i++)
            {
                if (_cells[i].Length > 0)
                    Hidden.Cell(i);
            }
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
                value = XlsxText.Read(reader, "is");
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
            _ => XlsxText.Unescape(value),
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

    private static bool IsHidden(XmlReader reader) => reader.GetAttribute("hidden") is "1" or "true";

    private static int ColumnOf(string reference)
    {
        var letters = reference.TakeWhile(char.IsAsciiLetter).Take(4);
        return Math.Max(0, letters.Aggregate(0, (sum, c) => (sum * 26) + (char.ToUpperInvariant(c) - 'A' + 1)) - 1);
    }

    private static int RowOf(string reference) =>
        int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"), CultureInfo.InvariantCulture, out var row) ? row : 0;
}
