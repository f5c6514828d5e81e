using System.IO.Compression;
using System.Security;
using System.Text;

namespace PlanServices.Actions.Tests.Features.Grid.Tables;

/// <summary>Makes small workbooks and documents, and bad ones, part by part.</summary>
internal static class Office
{
    public const string SheetNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static byte[] Zip(params (string Name, string Content)[] parts) => Zip(parts.Select(p => (p.Name, (Action<Stream>)(s => s.Write(Encoding.UTF8.GetBytes(p.Content))))).ToArray());

    public static byte[] Zip(params (string Name, Action<Stream> Write)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, write) in parts)
            {
                using var stream = zip.CreateEntry(name).Open();
                write(stream);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A workbook whose one sheet has these rows; a cell that begins with # and has 7 characters is an empty one of that fill.</summary>
    public static byte[] Workbook(string[][] rows, string after = "", params (string Name, string Content)[] more)
    {
        var fills = rows.SelectMany(r => r).Where(IsFill).Distinct().ToList();
        var data = string.Concat(rows.Select((row, r) => $"<row r=\"{r + 1}\">{string.Concat(row.Select((cell, c) => Cell(cell, c, r, fills)))}</row>"));
        var styles = $"<styleSheet xmlns=\"{SheetNamespace}\"><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill>"
            + string.Concat(fills.Select(f => $"<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{f[1..]}\"/></patternFill></fill>"))
            + "</fills><cellXfs><xf fillId=\"0\"/>" + string.Concat(fills.Select((_, i) => $"<xf fillId=\"{i + 1}\"/>")) + "</cellXfs></styleSheet>";
        return Zip([.. Parts($"<worksheet xmlns=\"{SheetNamespace}\"><sheetData>{data}</sheetData>{after}</worksheet>"), ("xl/styles.xml", styles), .. more]);
    }

    public static (string, string)[] Parts(string sheet) =>
    [
        ("xl/workbook.xml", $"<workbook xmlns=\"{SheetNamespace}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Grid\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/worksheets/sheet1.xml", sheet),
    ];

    /// <summary>A document with this body, and relationships of it.</summary>
    public static byte[] Document(string body, string relationships = "") => Zip(
        ("word/document.xml", $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>{body}</w:body></w:document>"),
        ("word/_rels/document.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relationships}</Relationships>"));

    /// <summary>The archive with another text in one of its parts.</summary>
    public static byte[] Changed(byte[] archive, string part, Func<string, string> change)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return Zip([.. zip.Entries.Select(e =>
        {
            using var reader = new StreamReader(e.Open());
            var text = reader.ReadToEnd();
            return (e.FullName, e.FullName == part ? change(text) : text);
        })]);
    }

    private static bool IsFill(string cell) => cell is ['#', _, _, _, _, _, _];

    private static string Cell(string cell, int column, int row, List<string> fills)
    {
        var at = $"{(char)('A' + column)}{row + 1}";
        return IsFill(cell)
            ? $"<c r=\"{at}\" s=\"{fills.IndexOf(cell) + 1}\"/>"
            : cell.Length == 0 ? "" : $"<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(cell)}</t></is></c>";
    }
}
