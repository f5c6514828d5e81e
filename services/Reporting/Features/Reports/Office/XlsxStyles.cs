using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using PlanServices.Reporting.Features.Reports.Pages;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>How the cells of a workbook look: plain, a heading, a number, and one look for each status.</summary>
internal sealed class XlsxStyles
{
    public const uint Plain = 0;
    public const uint Head = 1;
    public const uint Text = 2;
    public const uint Number = 3;
    public const uint Title = 4;
    public const uint Total = 5;
    private const uint FirstStatus = 6;

    private readonly Dictionary<StatusMark, uint> _looks = [];

    public XlsxStyles(WorkbookPart workbook, IEnumerable<StatusMark> marks)
    {
        var fonts = new Fonts(Font("1B2733", 10), Font("FFFFFF", 10, bold: true), Font("1D4F7C", 16, bold: true), Font("1B2733", 10, bold: true));
        var fills = new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid("1D4F7C"),
            Solid("F3F6F9"));
        var formats = new CellFormats(
            Format(0, 0, 0),
            Format(1, 2, 1, wrap: true),
            Format(0, 0, 1, wrap: true),
            Format(0, 0, 1),
            Format(2, 0, 0),
            Format(3, 3, 1));
        foreach (var mark in marks.Distinct())
        {
            _looks.Add(mark, FirstStatus + (uint)_looks.Count);
            fonts.Append(Font(OfficePackage.Rgb(mark.Ink), 10, bold: true));
            fills.Append(Solid(OfficePackage.Rgb(mark.Fill)));
            formats.Append(Format((uint)fonts.ChildElements.Count - 1, (uint)fills.ChildElements.Count - 1, 1, wrap: true));
        }

        var borders = new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(Thin(new LeftBorder()), Thin(new RightBorder()), Thin(new TopBorder()), Thin(new BottomBorder()), new DiagonalBorder()));
        workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
            fonts,
            fills,
            borders,
            new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }),
            formats,
            new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }));
    }

    public uint Of(StatusMark mark) => _looks.GetValueOrDefault(mark, Text);

    private static T Thin<T>(T border)
        where T : BorderPropertiesType
    {
        border.Style = BorderStyleValues.Thin;
        border.Append(new Color { Rgb = "FFB3BDC7" });
        return border;
    }

    private static Font Font(string rgb, double size, bool bold = false)
    {
        var font = new Font();
        if (bold)
            font.Append(new Bold());
        font.Append(new FontSize { Val = size }, new Color { Rgb = $"FF{rgb}" }, new FontName { Val = "Arial" });
        return font;
    }

    private static Fill Solid(string rgb) => new(new PatternFill(new ForegroundColor { Rgb = $"FF{rgb}" }) { PatternType = PatternValues.Solid });

    private static CellFormat Format(uint font, uint fill, uint border, bool wrap = false) => new(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = wrap })
    {
        NumberFormatId = 0,
        FontId = font,
        FillId = fill,
        BorderId = border,
        FormatId = 0,
        ApplyFont = true,
        ApplyFill = true,
        ApplyBorder = true,
        ApplyAlignment = true,
    };
}
