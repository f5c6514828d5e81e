using System.Text.RegularExpressions;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Finds web addresses in running text, as a page breaks them and glues them to words.</summary>
internal static partial class Links
{
    /// <summary>The addresses in order of first mention, and the text with them taken out.</summary>
    public static (List<string> Links, string Without) Find(string text, RawRow row, GridColumn column, Findings findings)
    {
        if (!Start().IsMatch(text))
            return ([], text);

        List<string> links = [];
        var without = new System.Text.StringBuilder();
        var at = 0;
        for (var match = Start().Match(text); match.Success; match = Start().Match(text, at))
        {
            without.Append(text, at, match.Index - at).Append(' ');
            var end = EndOf(text, match.Index, row, column, findings, out var link);
            if (link.Length > "https://".Length && !links.Contains(link))
                links.Add(link);
            at = end;
        }

        return (links, without.Append(text, at, text.Length - at).ToString());
    }

    private static int EndOf(string text, int start, RawRow row, GridColumn column, Findings findings, out string link)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"' or '|'))
            end++;

        // A second address glued to the first.
        if (Start().Match(text, start + 4, end - start - 4) is { Success: true } second)
            end = second.Index;

        var token = text[start..end];
        // "….pdf.Proposal": the sentence goes on behind the file's name.
        if (Glued().Match(token) is { Success: true } glued)
        {
            link = token[..(glued.Index + glued.Groups[1].Length)];
            Repaired(row, column, findings, token, link, "The address was glued to the word behind it.");
            return start + link.Length;
        }

        // "…Item-5.0 Quarterly-Report.pdf": a space fell into the address.
        if (!File().IsMatch(token) && Rest().Match(text, end) is { Success: true } rest && rest.Index == end)
        {
            link = Trim(token + rest.Groups[1].Value);
            Repaired(row, column, findings, text[start..(end + rest.Length)], link, "A space stood in the address.");
            return end + rest.Length;
        }

        link = Trim(token);
        if (link.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            link = "http://" + link;
        return start + Trim(token).Length;
    }

    private static void Repaired(RawRow row, GridColumn column, Findings findings, string raw, string link, string message) =>
        findings.Warn("LINK_REPAIRED", row.Line, column.PlainName(), raw, link, message, 0.7);

    private static string Trim(string token)
    {
        token = token.TrimEnd('.', ',', ';', ':', '!', '?', '\'', '’', '”', ']', '}');
        while (token.EndsWith(')') && token.Count(c => c == ')') > token.Count(c => c == '('))
            token = token[..^1].TrimEnd('.', ',', ';', ':');

        return token;
    }

    [GeneratedRegex(@"https?://|(?<![\w/.])www\.(?=\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Start();

    [GeneratedRegex(@"(\.(?:pdf|docx?|xlsx?|pptx?|aspx|html?))\.?(?=[A-Z(])")]
    private static partial Regex Glued();

    [GeneratedRegex(@"(?:\.?(?:pdf|docx?|xlsx?|pptx?)|\.aspx\S*|\.html?|/)[).,;:'’]*\z", RegexOptions.IgnoreCase)]
    private static partial Regex File();

    // The next word, where it cannot be one of the sentence: it has hyphens and ends as a file's name does.
    [GeneratedRegex(@"\s([\w%&+.]*[-_][\w%&+.\-]*?\.(?:pdf|docx?|xlsx?|pptx?|aspx|html?))(?=[\s).,;:]|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex Rest();
}
