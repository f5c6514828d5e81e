using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>A workbook's texts: plain, or in runs of different looks.</summary>
internal static partial class XlsxText
{
    /// <summary>The text of an element: what stands in its <c>t</c>, without phonetic readings.</summary>
    public static string Read(XmlReader reader, string element)
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

    /// <summary>"_x000D_" is a character that XML cannot have.</summary>
    public static string Unescape(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escaped().Replace(text, m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();
}
