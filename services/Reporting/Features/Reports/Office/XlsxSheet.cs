using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PlanServices.Reporting.Features.Reports.Pages;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>Writes a sheet row by row. Every text is a text: a spreadsheet executes none of it.</summary>
internal sealed partial class XlsxSheet : IDisposable
{
    // What Excel takes in a cell.
    private const int MostText = 32767;

    // Excel's paper sizes.
    private const uint A4 = 9;
    private const uint A3 = 8;

    private readonly OpenXmlWriter _writer;
    private readonly IReadOnlyList<double> _widths;

    public XlsxSheet(WorksheetPart part, int frozenRows, params IReadOnlyList<double> widths)
    {
        _widths = widths;
        _writer = OpenXmlWriter.Create(part);
        _writer.WriteStartDocument();
        _writer.WriteStartElement(new Worksheet());
        _writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        var view = new SheetView { WorkbookViewId = 0, ShowGridLines = false };
        if (frozenRows > 0)
        {
            view.Append(new Pane { VerticalSplit = frozenRows, TopLeftCell = $"A{frozenRows + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen });
            view.Append(new Selection { Pane = PaneValues.BottomLeft });
        }

        _writer.WriteElement(new SheetViews(view));
        _writer.WriteElement(new SheetFormatProperties { DefaultRowHeight = 15 });
        _writer.WriteElement(new Columns(widths.Select((w, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = w, CustomWidth = true })));
        _writer.WriteStartElement(new SheetData());
    }

    /// <summary>How many rows there are.</summary>
    public uint Rows { get; private set; }

    public void Row(params IEnumerable<Cell> cells)
    {
        Cell[] all = [.. cells];
        _writer.WriteStartElement(new Row { RowIndex = ++Rows, Height = XlsxHeights.Of(all, _widths), CustomHeight = true });
        foreach (var cell in all)
            _writer.WriteElement(cell);

        _writer.WriteEndElement();
    }

    /// <summary>Ends the rows, and says how the sheet prints and what hangs on it.</summary>
    /// <param name="view">Whose title and marking stand on each printed page.</param>
    /// <param name="more">A drawing or table parts.</param>
    public void End(ReportView view, params IReadOnlyList<OpenXmlElement> more)
    {
        _writer.WriteEndElement();
        _writer.WriteElement(new PageMargins { Left = 0.5, Right = 0.5, Top = 0.8, Bottom = 0.8, Header = 0.3, Footer = 0.3 });
        _writer.WriteElement(new PageSetup { PaperSize = _widths.Sum() > 200 ? A3 : A4, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        _writer.WriteElement(new HeaderFooter(
            new OddHeader($"{Marking(view)}&R&8{Escape(view.Title)}"),
            new OddFooter($"&L&8{Escape(view.Imprint)}{Marking(view)}&R&8Page &P of &N")));
        foreach (var element in more)
            _writer.WriteElement(element);

        _writer.WriteEndElement();
        _writer.Close();
    }

    public static Cell Text(string text, uint look = XlsxStyles.Text) => Inline(look, new InlineString(Plain(Fit(SpreadsheetCell.Neutralise(text)))));

    public static Cell Number(int number, uint look = XlsxStyles.Number) => new() { CellValue = new CellValue(number), DataType = CellValues.Number, StyleIndex = look };

    /// <summary>A text with what is new underlined behind a mark.</summary>
    public static Cell Text(PageText text, uint look = XlsxStyles.Text)
    {
        if (text.NotShown.Length > 0)
            return Text($"[Not shown: {text.NotShown}]", look);
        if (!text.HasNew)
            return Text(string.Join('\n', text.Paragraphs.Select(p => string.Concat(p.Select(r => r.Text)))), look);

        var left = MostText;
        var whole = new InlineString();
        foreach (var (paragraph, i) in text.Paragraphs.Select((p, i) => (p, i)))
        {
            if (i > 0)
                Add("\n", false);
            foreach (var run in paragraph)
                Add(run.IsNew ? $"{ReportView.NewMark} {run.Text}" : run.Text, run.IsNew);
        }

        return Inline(look, whole);

        void Add(string part, bool isNew)
        {
            if (left == 0)
                return;
            if (!whole.HasChildren)
                part = SpreadsheetCell.Neutralise(part);
            part = Fit(part, left);
            left -= part.Length;
            var run = new Run();
            if (isNew)
                run.Append(new RunProperties(new Underline(), new FontSize { Val = 10 }, new Color { Rgb = "FF0B4A8A" }, new RunFont { Val = "Arial" }));
            run.Append(Plain(part));
            whole.Append(run);
        }
    }

    public void Dispose() => _writer.Dispose();

    private static Cell Inline(uint look, InlineString text) => new(text) { DataType = CellValues.InlineString, StyleIndex = look };

    // Excel reads _x000A_ as the character of that number; before an underline that begins such a code stands the code of the underline.
    private static Text Plain(string text) => new(Code().Replace(text, "_x005F_")) { Space = SpaceProcessingModeValues.Preserve };

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Code();

    private static string Marking(ReportView view) => view.Marking.Length > 0 ? $"&C&\"Arial,Bold\"&10{view.Marking}" : "";

    // An ampersand begins a code; the whole may have 255 characters.
    private static string Escape(string text) => Charts.Svg.Shorten(text.ReplaceLineEndings(" "), 70).Replace("&", "&&", StringComparison.Ordinal);

    private static string Fit(string text, int most = MostText)
    {
        if (text.Length <= most)
            return text;

        var end = Math.Max(most - 1, 0);
        return $"{text[..(end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)]}…";
    }
}
