using System.Text;

namespace PlanServices.ServiceDefaults.Text;

/// <summary>One lead of a cell.</summary>
/// <param name="Text">The lead as it was written, white space folded, without its qualifier.</param>
/// <param name="Qualifier">What stood in brackets behind it; empty where nothing did.</param>
public readonly record struct LeadText(string Text, string Qualifier);

/// <summary>Takes a lead cell apart: <c>OPCC / Constabulary / County Council (DA)</c> is three leads, the last qualified "DA".</summary>
public static class LeadCell
{
    private const string Separators = "/;,|\n\r";

    /// <summary>
    /// The leads of a cell, in order. Leads are parted by a slash, comma, semicolon, bar or line break outside brackets; a dash
    /// or an ampersand belongs to a name. An empty cell, or one of punctuation only, has none.
    /// </summary>
    public static IReadOnlyList<LeadText> Split(string cell)
    {
        List<LeadText> leads = [];
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= cell.Length; i++)
        {
            if (i < cell.Length)
            {
                depth += cell[i] switch { '(' => 1, ')' when depth > 0 => -1, _ => 0 };
                if (depth > 0 && cell.IndexOf(')', i) >= 0 || !Separators.Contains(cell[i], StringComparison.Ordinal))
                    continue;
            }

            Add(leads, cell[start..i]);
            start = i + 1;
        }

        return leads;
    }

    private static void Add(List<LeadText> leads, string part)
    {
        var text = FoldSpace(part);
        var qualifier = "";
        if (text.EndsWith(')') && text.LastIndexOf('(') is > 0 and var open)
        {
            qualifier = text[(open + 1)..^1].Trim();
            text = text[..open].TrimEnd();
        }

        if (text.Any(char.IsLetterOrDigit))
            leads.Add(new LeadText(text, qualifier));
    }

    private static string FoldSpace(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
                folded.Append(c);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString().Trim(' ', '.');
    }
}
