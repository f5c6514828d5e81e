using System.Buffers;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Knows a column by what its heading says, in the words of different offices and with letters lost on the page.</summary>
internal static class HeaderLabels
{
    // No heading is longer.
    private const int MostLetters = 300;

    // Letters only. Longer words first where one holds another.
    private static readonly (GridColumn Column, string[] Words)[] Parts =
    [
        (GridColumn.StatusReason, ["statusreason", "reasonforstatus", "reasonforrating", "ragreason", "ragcomment"]),
        (GridColumn.Opportunities, ["widerpartnership", "partnershipopportunit", "opportunities"]),
        (GridColumn.Narrative, ["keydeliveryactivit", "deliveryactivit", "workinprogress", "progressupdate", "keyactivities", "narrative", "updateasat"]),
        (GridColumn.EvidenceLinks, ["evidence", "weblinks", "hyperlinks"]),
        (GridColumn.CrossReferences, ["crossref", "seealso"]),
        (GridColumn.OpccLeads, ["opccld", "opcclead", "opccofficer", "pcclead", "opccl", "leadofficer"]),
        (GridColumn.DeliveryLeads, ["dvrylead", "deliverylead", "deliverypartner", "leadpartner", "leadagency", "leadorganisation", "leadbody"]),
        (GridColumn.Status, ["deliverystatus", "ragstatus", "ragrating", "statusdirection"]),
        (GridColumn.Direction, ["directionoftravel", "traveldirection", "trend"]),
        (GridColumn.Title, ["priorityaction", "prioritiesaction", "actiontitle", "actiondescription", "plancommitment"]),
        (GridColumn.Ref, ["referenceno", "actionno", "actionref", "refno", "reference", "actionnumber"]),
        (GridColumn.Notes, ["titlenotes"]),
    ];

    private static readonly Dictionary<string, GridColumn> Whole = new()
    {
        ["theme"] = GridColumn.Theme,
        ["themes"] = GridColumn.Theme,
        ["objective"] = GridColumn.Theme,
        ["priority"] = GridColumn.Theme,
        ["ref"] = GridColumn.Ref,
        ["refs"] = GridColumn.Ref,
        ["id"] = GridColumn.Ref,
        ["no"] = GridColumn.Ref,
        ["title"] = GridColumn.Title,
        ["action"] = GridColumn.Title,
        ["actions"] = GridColumn.Title,
        ["description"] = GridColumn.Title,
        ["notes"] = GridColumn.Notes,
        ["note"] = GridColumn.Notes,
        ["opcc"] = GridColumn.OpccLeads,
        ["pcc"] = GridColumn.OpccLeads,
        ["officer"] = GridColumn.OpccLeads,
        ["initials"] = GridColumn.OpccLeads,
        ["lead"] = GridColumn.DeliveryLeads,
        ["leads"] = GridColumn.DeliveryLeads,
        ["partner"] = GridColumn.DeliveryLeads,
        ["partners"] = GridColumn.DeliveryLeads,
        ["delivery"] = GridColumn.DeliveryLeads,
        ["progress"] = GridColumn.Narrative,
        ["update"] = GridColumn.Narrative,
        ["updates"] = GridColumn.Narrative,
        ["activities"] = GridColumn.Narrative,
        ["commentary"] = GridColumn.Narrative,
        ["comments"] = GridColumn.Narrative,
        ["rag"] = GridColumn.Status,
        ["status"] = GridColumn.Status,
        ["rating"] = GridColumn.Status,
        ["reason"] = GridColumn.StatusReason,
        ["dot"] = GridColumn.Direction,
        ["direction"] = GridColumn.Direction,
        ["travel"] = GridColumn.Direction,
        ["opportunity"] = GridColumn.Opportunities,
        ["links"] = GridColumn.EvidenceLinks,
        ["link"] = GridColumn.EvidenceLinks,
    };

    private static readonly Dictionary<string, GridColumn>.AlternateLookup<ReadOnlySpan<char>> WholeByLetters =
        Whole.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<string> AnyPart = SearchValues.Create([.. Parts.SelectMany(p => p.Words)], StringComparison.Ordinal);

    /// <summary>The column that a heading names; null where it names none. It is asked of every cell of a table.</summary>
    public static GridColumn? Find(string heading)
    {
        if (heading.Length > MostLetters)
            return null;

        ReadOnlySpan<char> letters = Letters(heading, stackalloc char[MostLetters]);
        if (WholeByLetters.TryGetValue(letters, out var whole))
            return whole;

        if (letters.ContainsAny(AnyPart))
        {
            foreach (var (column, words) in Parts)
            {
                foreach (var word in words)
                {
                    if (letters.Contains(word, StringComparison.Ordinal))
                        return column;
                }
            }
        }

        // "heme", "ineme", "Themc": a letter or two of a short word lost.
        return letters.Length is >= 4 and <= 7 && (letters.EndsWith("eme", StringComparison.Ordinal) || letters.StartsWith("them", StringComparison.Ordinal))
            ? GridColumn.Theme
            : null;
    }

    /// <summary>The row under a header that explains the colours and arrows.</summary>
    public static bool IsLegend(IReadOnlyList<string> cells)
    {
        var letters = Letters(string.Concat(cells));
        string[] phrases = ["statuskey", "tuskey", "directionoftravelkey", "ontarget", "whitenotstarted", "backontrack", "leftrightarrow", "delayedachievement"];
        return phrases.Count(p => letters.Contains(p, StringComparison.Ordinal)) >= 2;
    }

    /// <summary>A text's letters, small, and nothing else.</summary>
    public static string Letters(string text) => Letters(text, new char[text.Length]).ToString();

    private static Span<char> Letters(string text, Span<char> letters)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetter(c))
                letters[count++] = (char)(c | 0x20);
        }

        return letters[..count];
    }
}
