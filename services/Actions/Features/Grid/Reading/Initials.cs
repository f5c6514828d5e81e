using System.Text.RegularExpressions;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Reads the initials of the governance body's officers: <c>NP / CS</c>.</summary>
internal static partial class Initials
{
    public static bool LookLikeInitials(string cell) => Parse(cell) is not null;

    /// <summary>The initials of a cell, in capitals; null where it holds something else.</summary>
    public static string[]? Parse(string cell)
    {
        var text = LookAlikes.Fold(cell).ToUpperInvariant();
        return Several().IsMatch(text) ? One().Matches(text).Select(m => m.Value).ToArray() : null;
    }

    public static IReadOnlyList<string> Read(RawRow row, Findings findings)
    {
        var cell = row[GridColumn.OpccLeads];
        if (cell.Length == 0)
        {
            findings.Info("OPCC_LEAD_MISSING", row.Line, "opcc_leads", "", "", "The cell of the governance body's leads is empty.");
            return [];
        }

        if (Parse(cell) is not { } initials)
        {
            findings.Warn("OPCC_LEAD_UNREADABLE", row.Line, "opcc_leads", cell, "", "The cell holds no initials; the leads stay empty.");
            return [];
        }

        if (string.Concat(initials) != new string([.. cell.Where(char.IsLetter)]))
        {
            findings.Info(
                "OPCC_LEAD_REPAIRED", row.Line, "opcc_leads", cell, string.Join(" / ", initials),
                "Initials were written in capitals of the Latin alphabet.", 0.95);
        }

        return initials;
    }

    [GeneratedRegex(@"^\W*[A-Z]{2,3}(?:\s*[/,;&+\s]\s*[A-Z]{2,3}){0,5}\W*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Several();

    [GeneratedRegex("[A-Z]{2,3}")]
    private static partial Regex One();
}
