using System.Text.RegularExpressions;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Finds in running text the actions that it points to: "See also O1.1", "Links to T1", "see C7 below".</summary>
internal sealed partial class CrossReferences(IReadOnlySet<string> refs)
{
    private readonly HashSet<string> _prefixes = [.. refs.Select(r => new string([.. r.TakeWhile(char.IsAsciiLetter)]))];

    /// <summary>The refs in order of first mention, the row's own left out.</summary>
    /// <param name="text">Running text without web addresses.</param>
    public IEnumerable<string> Find(string text, string own, RawRow row, GridColumn column, Findings findings)
    {
        foreach (Match match in Candidate().Matches(LookAlikes.Fold(text)))
        {
            var prefix = match.Groups["letters"].Value;
            var cued = match.Groups["cue"].Success;
            var spaced = match.Groups["space"].Length > 0;
            if (prefix.Length == 0)
            {
                Bare(match, row, column, findings);
                continue;
            }

            // "Phase 1" and "7F" never come here; "BCH 2" does, and is no ref of this plan.
            if (!_prefixes.Contains(prefix) || (spaced && !cued))
                continue;

            var reference = prefix + match.Groups["number"].Value.TrimEnd('.');
            if (refs.Contains(reference))
            {
                if (reference != own)
                    yield return reference;
            }
            else if (cued)
            {
                findings.Warn(
                    "CROSS_REFERENCE_UNKNOWN", row.Line, column.PlainName(), match.Value.Trim(), "", $"The text points to {reference}, which the plan does not have.");
            }
        }
    }

    /// <summary>The refs that a text may mean, in order of first mention: those that the plan has are meant.</summary>
    /// <returns>Each ref, and whether the text says that it points there: "see also T9".</returns>
    public static IEnumerable<(string Ref, bool Cued)> Mentioned(string text)
    {
        var folded = LookAlikes.Fold(text);
        return !Beginning().IsMatch(folded) ? [] : Candidate().Matches(folded)
            .Where(m => m.Groups["letters"].Length > 0 && (m.Groups["space"].Length == 0 || m.Groups["cue"].Success))
            .Select(m => (Ref: m.Groups["letters"].Value + m.Groups["number"].Value.TrimEnd('.'), Cued: m.Groups["cue"].Success))
            .DistinctBy(m => m.Ref);
    }

    // "see section 10.1": only one action of the plan may be meant, but the text does not say so.
    private void Bare(Match match, RawRow row, GridColumn column, Findings findings)
    {
        var number = match.Groups["number"].Value.TrimEnd('.');
        var meant = _prefixes.Select(p => p + number).Where(refs.Contains).ToArray();
        if (meant is [var only])
        {
            findings.Warn(
                "CROSS_REFERENCE_INCOMPLETE", row.Line, column.PlainName(), match.Value.Trim(), only,
                $"The text points to '{number}' without a letter; only {only} has that number. It was not taken.", 0.6);
        }
    }

    // What every ref has; looked for first, as most texts have none.
    [GeneratedRegex(@"[A-Z][ \u00A0]?[1-9]")]
    private static partial Regex Beginning();

    [GeneratedRegex(
        @"(?<cue>(?i:\b(?:see(?:\s+also)?|links?\s+(?:to|with|from)|linked\s+to|section|update(?:\s+(?:at|to|on))?|refer\s+to|ref\.?)\s+(?:also\s+)?(?:the\s+)?(?:section|update|action|at|to)?\s*))?"
        + @"(?<![\w.£$/-])(?:(?<letters>[A-Z]{1,4})(?<space>[ \u00A0]?)(?<number>[1-9][0-9]{0,2}(?:\.[1-9][0-9]?)?)|(?<=section\s)(?<letters>)(?<space>)(?<number>[1-9][0-9]?\.[1-9][0-9]?))(?![\w/-])(?!\.\d)(?!%)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Candidate();
}
