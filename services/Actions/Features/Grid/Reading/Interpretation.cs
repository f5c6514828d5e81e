using System.Text.RegularExpressions;
using PlanServices.ServiceDefaults.Text;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Last stage: understands the cells of a row.</summary>
internal sealed class Interpretation(
    GridContext context,
    CrossReferences references,
    IReadOnlyDictionary<GridColumn, string> headings,
    bool ownDirection,
    Findings findings)
{
    public GridLeaf Leaf(PlacedRow placed, string theme, Titles titles)
    {
        var (row, reference) = (placed.Row, placed.Ref.ToString());
        var (title, notes) = titles.Of(placed, findings);
        var (narrative, opportunities) = (Text(row, GridColumn.Narrative), Text(row, GridColumn.Opportunities));
        var (links, pointers) = Mentions(row, reference, narrative, opportunities);
        var (status, direction, rawDirection) = Statuses.Read(row, context.StatusLabels, ownDirection, findings);
        return new GridLeaf
        {
            Line = row.Line,
            Ref = reference,
            ParentRef = placed.Ref.Parent,
            Theme = theme,
            RefPrefix = placed.Ref.Prefix,
            Title = title,
            Notes = notes,
            OpccLeads = Initials.Read(row, findings),
            DeliveryLeads = DeliveryLeads.Read(row, findings),
            Narrative = narrative,
            Opportunities = opportunities,
            Status = status,
            StatusReason = Text(row, GridColumn.StatusReason),
            Direction = direction,
            EvidenceLinks = links,
            CrossReferences = pointers,
            HasLinkCell = row[GridColumn.EvidenceLinks].Length > 0,
            HasReferenceCell = row[GridColumn.CrossReferences].Length > 0,
            SuggestedStatus = status == Status.Unspecified ? ProseStatus.Find(narrative, context.StatusLabels, row, findings) : null,
            RawRef = row[GridColumn.Ref],
            RawStatus = row[GridColumn.Status],
            RawDirection = rawDirection,
            RawOpccLeads = row[GridColumn.OpccLeads],
            RawDeliveryLeads = row[GridColumn.DeliveryLeads],
        };
    }

    private string Text(RawRow row, GridColumn column)
    {
        var text = Texts.Clean(row[column], row, column, headings.GetValueOrDefault(column, ""), findings);
        if (column == GridColumn.Narrative && text.Length == 0)
            findings.Info("NARRATIVE_MISSING", row.Line, "narrative", "", "", "The row reports no activity.");
        Texts.CheckEnd(text, row, column, findings);
        return text;
    }

    // Links and references of both texts, then those of columns of their own.
    private (List<string> Links, List<string> References) Mentions(RawRow row, string own, string narrative, string opportunities)
    {
        List<string> links = [];
        List<string> pointers = [];
        foreach (var (text, column) in new[]
        {
            (narrative, GridColumn.Narrative),
            (opportunities, GridColumn.Opportunities),
            (row[GridColumn.EvidenceLinks], GridColumn.EvidenceLinks),
            (row[GridColumn.CrossReferences].Length == 0 ? "" : "See " + row[GridColumn.CrossReferences], GridColumn.CrossReferences),
        })
        {
            var (found, without) = Links.Find(text, row, column, findings);
            links.AddRange(found);
            pointers.AddRange(references.Find(without, own, row, column, findings));
        }

        return ([.. links.Distinct()], [.. pointers.Distinct()]);
    }
}

/// <summary>Reads the cell of the delivery leads.</summary>
internal static partial class DeliveryLeads
{
    public static IReadOnlyList<LeadText> Read(RawRow row, Findings findings)
    {
        var cell = row[GridColumn.DeliveryLeads];
        if (cell.Length == 0)
        {
            findings.Warn("LEAD_MISSING", row.Line, "delivery_leads", "", "", "The row names no delivery lead.");
            return [];
        }

        var folded = Fold(cell);
        if (folded != cell)
            findings.Info("LEAD_REPAIRED", row.Line, "delivery_leads", cell, folded, "Look-alike letters were written in the Latin alphabet.", 0.95);

        if (RepeatsInitials(folded, row[GridColumn.OpccLeads]))
        {
            findings.Warn(
                "LEAD_REPEATS_INITIALS", row.Line, "delivery_leads", cell, "", "The cell repeats the initials beside it and names no body; the delivery leads stay empty.", 0.95);
        }

        return Of(cell, row[GridColumn.OpccLeads]);
    }

    /// <summary>The leads that a cell names beside a cell of initials.</summary>
    public static IReadOnlyList<LeadText> Of(string cell, string initials) =>
        cell.Length > 0 && Fold(cell) is var folded && !RepeatsInitials(folded, initials) ? LeadCell.Split(folded) : [];

    private static string Fold(string cell) => ForeignWord().Replace(cell, word => LookAlikes.Fold(word.Value).ToUpperInvariant());

    private static bool RepeatsInitials(string cell, string initials) =>
        Initials.Parse(initials) is { } named && Initials.Parse(cell) is { } same && same.SequenceEqual(named);

    // A word in letters that only look Latin, all of them.
    [GeneratedRegex(@"[\p{IsCyrillic}\p{IsGreek}]+")]
    private static partial Regex ForeignWord();
}

/// <summary>Finds a status that is stated in prose: offered, never taken unasked.</summary>
internal static partial class ProseStatus
{
    public static SuggestedStatus? Find(string text, IReadOnlyDictionary<string, Status> labels, RawRow row, Findings findings)
    {
        if (Change().Match(text) is not { Success: true } match)
            return null;

        var word = match.Groups["to"].Value;
        var status = word.ToUpperInvariant() switch
        {
            "RED" => Status.Red,
            "GREEN" => Status.Green,
            _ => Status.Amber,
        };
        var quote = Quote(text, match);
        var label = labels.FirstOrDefault(l => l.Value == status).Key ?? word;
        findings.Warn(
            "STATUS_SUGGESTED", row.Line, "status", quote, label, $"The text states a change to {word}; it is taken only where suggestions are accepted.", 0.8);
        return new SuggestedStatus(status, quote);
    }

    // The sentence as far as the statement, at most 160 characters before it.
    private static string Quote(string text, Match match)
    {
        var least = Math.Max(0, match.Index - 160);
        var start = text.LastIndexOfAny(['.', '\n'], match.Index, match.Index - least + 1) + 1;
        return text[Math.Max(start, least)..(match.Index + match.Length)].Trim();
    }

    [GeneratedRegex(
        @"\bfrom\s+(?:its\s+)?(?:previous\s+)?['‘""“]?(?:Red|Amber|Yellow|Green|White)['’""”]?(?:\s+(?:status|rating))?\s+to\s+['‘""“]?(?<to>Red|Amber|Yellow|Green)\b['’""”]?",
        RegexOptions.IgnoreCase)]
    private static partial Regex Change();
}
