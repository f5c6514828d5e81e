using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PlanServices.Reporting.Features.Reports.Pages;

namespace PlanServices.Reporting.Features.Reports.Office;

/// <summary>What stands around a document's text: its styles, its settings, and the head and foot of each page.</summary>
internal static class DocxParts
{
    public const string Ink = "1D4F7C";
    private const string Soft = "55616D";
    private const string Font = "Arial";

    public static void AddStyles(MainDocumentPart main)
    {
        main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle(
                    new RunFonts { Ascii = Font, HighAnsi = Font, ComplexScript = Font, EastAsia = Font },
                    new FontSize { Val = "18" },
                    new FontSizeComplexScript { Val = "18" },
                    new Languages { Val = OfficePackage.Language, EastAsia = OfficePackage.Language, Bidi = "ar-SA" })),
                new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(
                    new SpacingBetweenLines { Before = "0", After = "60", Line = "250", LineRule = LineSpacingRuleValues.Auto }))),
            Paragraph("Normal", "Normal", null, true),
            Paragraph("Title", "Title", new StyleRunProperties(new Bold(), new Color { Val = Ink }, new FontSize { Val = "40" }), spacing: ("0", "80")),
            Paragraph("Subtitle", "Subtitle", new StyleRunProperties(new FontSize { Val = "22" }), spacing: ("0", "80")),
            Paragraph("Heading1", "heading 1", new StyleRunProperties(new Bold(), new Color { Val = Ink }, new FontSize { Val = "30" }), outline: 0, spacing: ("280", "100")),
            Paragraph("Heading2", "heading 2", new StyleRunProperties(new Bold(), new Color { Val = Ink }, new FontSize { Val = "24" }), outline: 1, spacing: ("200", "80")),
            Paragraph("TableText", "Table Text", new StyleRunProperties(new FontSize { Val = "16" }), spacing: ("0", "40")),
            Paragraph("TableHead", "Table Head", new StyleRunProperties(new Bold(), new Color { Val = "FFFFFF" }, new FontSize { Val = "15" }), spacing: ("20", "20"), keepNext: true),
            Paragraph("Small", "Small", new StyleRunProperties(new Color { Val = Soft }, new FontSize { Val = "15" }), spacing: ("0", "40")),
            Paragraph("NotShown", "Not Shown", new StyleRunProperties(new Italic(), new Color { Val = Soft }, new FontSize { Val = "16" }), spacing: ("0", "40")),
            Paragraph("Marking", "Protective Marking", new StyleRunProperties(new Bold(), new FontSize { Val = "20" }), centred: true),
            Paragraph("Foot", "Foot", new StyleRunProperties(new Color { Val = Soft }, new FontSize { Val = "15" }), spacing: ("0", "0")),
            Character("NewText", "New Text", new Color { Val = "0B4A8A" }, new Underline { Val = UnderlineValues.Single }),
            Character("Ref", "Ref", new Bold(), new Color { Val = Ink }),
            Character("Hyperlink", "Hyperlink", new Color { Val = "0B5394" }, new Underline { Val = UnderlineValues.Single }));
    }

    public static void AddSettings(MainDocumentPart main) =>
        main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(
            new Compatibility(new CompatibilitySetting
            {
                Name = CompatSettingNameValues.CompatibilityMode,
                Uri = "http://schemas.microsoft.com/office/word",
                Val = "15",
            }),
            new ThemeFontLanguages { Val = OfficePackage.Language });

    /// <summary>The head and foot of each page, and the page itself: A4 across.</summary>
    public static SectionProperties AddPage(MainDocumentPart main, ReportView view)
    {
        var head = main.AddNewPart<HeaderPart>();
        head.Header = new Header();
        if (view.Marking.Length > 0)
            head.Header.Append(DocxText.Paragraph("Marking", DocxText.Run(view.Marking)));
        head.Header.Append(DocxText.Paragraph("Foot", DocxText.Run(view.Title)));

        var foot = main.AddNewPart<FooterPart>();
        foot.Footer = new Footer(DocxText.Paragraph(
            "Foot", DocxText.Run($"{view.Imprint} Page "), Field("PAGE"), DocxText.Run(" of "), Field("NUMPAGES")));
        if (view.Marking.Length > 0)
            foot.Footer.Append(DocxText.Paragraph("Marking", DocxText.Run(view.Marking)));

        return new SectionProperties(
            new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(head) },
            new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(foot) },
            new PageSize { Width = 16838, Height = 11906, Orient = PageOrientationValues.Landscape },
            new PageMargin { Top = 1000, Bottom = 900, Left = 794, Right = 794, Header = 400, Footer = 400, Gutter = 0 });
    }

    private static SimpleField Field(string instruction) => new(DocxText.Run("1")) { Instruction = instruction };

    private static Style Paragraph(
        string id, string name, StyleRunProperties? run, bool isDefault = false, int? outline = null, (string Before, string After)? spacing = null, bool centred = false, bool keepNext = false)
    {
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null, CustomStyle = id is "Normal" or "Title" or "Subtitle" or "Heading1" or "Heading2" ? null : true };
        if (!isDefault)
            style.Append(new BasedOn { Val = "Normal" });
        if (outline is not null)
            style.Append(new NextParagraphStyle { Val = "Normal" });
        style.Append(new PrimaryStyle());

        var paragraph = new StyleParagraphProperties();
        if (outline is not null)
            paragraph.Append(new KeepNext(), new KeepLines());
        else if (keepNext)
            paragraph.Append(new KeepNext());
        if (spacing is { } around)
            paragraph.Append(new SpacingBetweenLines { Before = around.Before, After = around.After });
        if (centred)
            paragraph.Append(new Justification { Val = JustificationValues.Center });
        if (outline is { } level)
            paragraph.Append(new OutlineLevel { Val = level });
        if (paragraph.HasChildren)
            style.Append(paragraph);
        if (run is not null)
            style.Append(run);
        return style;
    }

    private static Style Character(string id, string name, params OpenXmlElement[] properties) =>
        new(new StyleName { Val = name }, new StyleRunProperties(properties)) { Type = StyleValues.Character, StyleId = id, CustomStyle = id == "Hyperlink" ? null : true };
}
