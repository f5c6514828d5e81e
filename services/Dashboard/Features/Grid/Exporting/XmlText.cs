using System.Xml;

namespace PlanServices.Dashboard.Features.Grid.Exporting;

/// <summary>Text as XML can hold it.</summary>
internal static class XmlText
{
    /// <summary>Leaves out the few characters that XML does not have.</summary>
    public static string Clean(string text)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                kept.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                kept.Append(text[i]).Append(text[++i]);
        }

        return kept.ToString();
    }
}
