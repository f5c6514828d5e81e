using DocumentFormat.OpenXml.Spreadsheet;
using PlanServices.Actions.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Exporting;

/// <summary>The styles of an exported workbook: heading, text, what is not to be edited, and one fill a status of the plan's scheme.</summary>
internal sealed class XlsxStyleSheet
{
    public const uint Heading = 1;
    public const uint Text = 2;
    public const uint Fixed = 3;

    private readonly Dictionary<Status, uint> _statuses = [];

    public XlsxStyleSheet(StatusScheme scheme)
    {
        var fills = new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid("1F3A5F"),
            Solid("F2F2F2"));
        var formats = new CellFormats(new CellFormat(), Format(1, 2), Format(0, 0), Format(0, 3));
        foreach (var meaning in scheme.Statuses.Where(s => s.Colour.Length == 7))
        {
            fills.Append(Solid(meaning.Colour[1..].ToUpperInvariant()));
            _statuses[meaning.Status] = (uint)formats.ChildElements.Count;
            formats.Append(Format(0, (uint)fills.ChildElements.Count - 1));
        }

        Sheet = new Stylesheet(
            new Fonts(
                new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
                new Font(new Bold(), new FontSize { Val = 11 }, new Color { Rgb = "FFFFFFFF" }, new FontName { Val = "Calibri" })),
            fills,
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            formats);
    }

    public Stylesheet Sheet { get; }

    /// <summary>The style of a status cell.</summary>
    public uint Of(Status status) => status == Status.Unspecified ? Text : _statuses.GetValueOrDefault(status, Text);

    private static Fill Solid(string rgb) =>
        new(new PatternFill(new ForegroundColor { Rgb = $"FF{rgb}" }) { PatternType = PatternValues.Solid });

    // "@": Excel takes what is typed there for text.
    private static CellFormat Format(uint font, uint fill) => new(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top })
    {
        FontId = font,
        FillId = fill,
        BorderId = 0,
        NumberFormatId = 49,
        ApplyFont = true,
        ApplyFill = true,
        ApplyAlignment = true,
        ApplyNumberFormat = true,
    };
}
