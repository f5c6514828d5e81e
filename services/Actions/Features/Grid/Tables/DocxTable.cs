using System.Globalization;
using System.Text;
using System.Xml;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>The records of a Word document: of its tables, one after the other. What was deleted and is only tracked is not read.</summary>
internal sealed class DocxTable
{
    private const string Document = "word/document.xml";
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private readonly Dictionary<string, (string Target, bool External)> _relationships;
    private readonly List<TableRecord> _records = [];
    private readonly Dictionary<int, (string Text, string? Fill)> _merged = [];
    private readonly StringBuilder _text = new();
    private List<string> _cells = [];
    private List<string?> _fills = [];
    private string? _fill;
    private int _span = 1;
    private bool? _mergeBegins;
    private int _rows;
    private int _kept;

    private DocxTable(OfficeFile file) => _relationships = file.Relationships(Document);

    public static bool Is(OfficeFile file) => file.Has(Document);

    /// <exception cref="UnreadableGridException">No table names a grid's columns, or a limit is passed.</exception>
    public static List<TableRecord> Read(OfficeFile file)
    {
        var table = new DocxTable(file);
        using var reader = file.Xml(Document)!;
        table.Read(reader);
        return table._records.Exists(r => TableHeader.Names(r.Cells)) ? table._records : throw new UnreadableGridException(GridReader.NoHeading);
    }

    // Tables within cells are read as text of the cell; how they look says nothing of it.
    private void Read(XmlReader reader)
    {
        var (tables, deleted) = (0, 0);
        while (OfficeFile.Read(reader))
        {
            var opens = reader.NodeType == XmlNodeType.Element;
            var closes = reader.NodeType == XmlNodeType.EndElement || (opens && reader.IsEmptyElement);
            switch (reader.LocalName)
            {
                case "tbl":
                    tables += opens ? 1 : -1;
                    if (tables == 0)
                        _merged.Clear();
                    break;
                case "del" or "moveFrom" when !reader.IsEmptyElement:
                    deleted += opens ? 1 : -1;
                    break;
                case "tr" when tables == 1 && closes:
                    EndRow();
                    break;
                case "tc" when tables == 1 && opens:
                    BeginCell();
                    break;
                case "tc" when tables == 1 && closes:
                    EndCell();
                    break;
                case "p" when tables > 0 && closes:
                    Append("\n");
                    break;
                case "gridSpan" or "vMerge" or "shd" when tables > 1:
                    break;
                case var name when opens && tables > 0 && deleted == 0:
                    Element(reader, name);
                    break;
                case var _ when reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace && tables > 0 && deleted == 0 && _inText:
                    Append(reader.Value);
                    break;
            }

            if (reader.LocalName == "t")
                _inText = opens && !reader.IsEmptyElement;
        }
    }

    private bool _inText;

    private void Element(XmlReader reader, string name)
    {
        switch (name)
        {
            case "gridSpan" when int.TryParse(Value(reader), CultureInfo.InvariantCulture, out var span):
                _span = Math.Clamp(span, 1, OfficeFile.MostColumns);
                break;
            case "vMerge":
                _mergeBegins = Value(reader) == "restart";
                break;
            case "shd" when reader.GetAttribute("fill", Word) is { Length: 6 } fill:
                _fill ??= fill;
                break;
            case "tab":
                Append("\t");
                break;
            case "br" or "cr":
                Append("\n");
                break;
            case "noBreakHyphen":
                Append("-");
                break;
            case "sym":
                Append(Symbol(reader.GetAttribute("font", Word), reader.GetAttribute("char", Word)));
                break;
            // The address behind a linked word is evidence; it is read where the word itself is none.
            case "hyperlink" when reader.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") is { } id
                && _relationships.GetValueOrDefault(id) is { External: true, Target: { } target }:
                Append($" {target} ");
                break;
        }
    }

    private static string? Value(XmlReader reader) => reader.GetAttribute("val", Word);

    private void Append(string text)
    {
        if (_text.Length + text.Length > OfficeFile.MostCharacters * 2)
            throw new UnreadableGridException($"A cell has more than {OfficeFile.MostCharacters * 2:N0} characters.");

        _text.Append(text);
    }

    private void BeginCell()
    {
        _text.Clear();
        (_fill, _span, _mergeBegins, _inText) = (null, 1, null, false);
    }

    private void EndCell()
    {
        var (text, fill) = (_text.ToString().Trim(), _fill);
        if (_mergeBegins == false && _merged.TryGetValue(_cells.Count, out var above))
            (text, fill) = above;
        else if (_mergeBegins == true)
            _merged[_cells.Count] = (text, fill);
        else
            _merged.Remove(_cells.Count);

        if (_cells.Count + _span > OfficeFile.MostColumns)
            throw new UnreadableGridException($"A row has more than {OfficeFile.MostColumns} columns.");

        _cells.Add(text);
        _fills.Add(fill);
        for (var i = 1; i < _span; i++)
        {
            _cells.Add("");
            _fills.Add(null);
        }
    }

    private void EndRow()
    {
        if (++_rows > OfficeFile.MostRows)
            throw new UnreadableGridException($"Its tables have more than {OfficeFile.MostRows:N0} rows.");
        if ((_kept += _cells.Count) > OfficeFile.MostCells)
            throw new UnreadableGridException($"Its tables have more than {OfficeFile.MostCells:N0} cells, empty ones among them.");

        _records.Add(new TableRecord(_rows, _cells, _fills));
        (_cells, _fills) = ([], []);
    }

    // The arrows of the fonts that offices draw directions of travel with.
    private static string Symbol(string? font, string? code) => (font, (code ?? "").ToUpperInvariant()[^Math.Min(2, code?.Length ?? 0)..]) switch
    {
        ("Wingdings", "E9" or "F1" or "DD" or "E1" or "C7") => "↑",
        ("Wingdings", "EA" or "F2" or "DE" or "E2" or "C8") => "↓",
        ("Wingdings", "F3" or "E8" or "E0" or "F0" or "E7" or "EF") => "↔",
        ("Symbol", "AD") => "↑",
        ("Symbol", "AF") => "↓",
        ("Symbol", "AB" or "AE" or "AC") => "↔",
        _ => "",
    };
}
