using System.Globalization;
using System.Xml;

namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>What a workbook's styles fill cells with.</summary>
internal static class XlsxStyles
{
    /// <summary>The fill <c>rrggbb</c> of each cell style; null where it has none, or one of the theme's colours.</summary>
    public static IReadOnlyList<string?> Fills(OfficeFile file)
    {
        List<string?> fills = [], styles = [];
        using var reader = file.Xml("xl/styles.xml");
        var inStyles = false;
        while (reader is not null && OfficeFile.Read(reader))
        {
            if (reader.LocalName == "cellXfs")
                inStyles = reader.NodeType == XmlNodeType.Element;
            if (reader.NodeType != XmlNodeType.Element)
                continue;

            switch (reader.LocalName)
            {
                case "fill":
                    fills.Add(null);
                    break;
                case "fgColor" when fills.Count > 0 && reader.GetAttribute("rgb") is { Length: 8 } argb:
                    fills[^1] = argb[2..];
                    break;
                case "xf" when inStyles:
                    styles.Add(int.TryParse(reader.GetAttribute("fillId"), CultureInfo.InvariantCulture, out var fill) && fill >= 0 && fill < fills.Count ? fills[fill] : null);
                    break;
            }
        }

        return styles;
    }
}
