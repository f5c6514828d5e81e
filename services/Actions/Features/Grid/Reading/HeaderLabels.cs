namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Knows a column by what its heading says, in the words of different offices and with letters lost on the page.</summary>
internal static class HeaderLabels
{
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

    /// <summary>The column that a heading names; null where it names none.</summary>
    public static GridColumn? Find(string heading)
    {
        if (heading.Length > 300)
            return null;

        var letters = Letters(heading);
        if (Whole.TryGetValue(letters, out var whole))
            return whole;

        foreach (var (column, words) in Parts)
        {
            if (Array.Exists(words, w => letters.Contains(w, StringComparison.Ordinal)))
                return column;
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

    private static string Letters(string text) => new([.. text.ToLowerInvariant().Where(char.IsAsciiLetter)]);
}
