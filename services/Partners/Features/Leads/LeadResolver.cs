using System.Text.RegularExpressions;
using PlanServices.ServiceDefaults.Text;
using Match = PlanServices.Partners.V1.ResolvedLead.Types.Match;

namespace PlanServices.Partners.Features.Leads;

/// <summary>
/// Says which bodies a lead cell means. A name or alias that differs at most in case, spaces, punctuation, plural, look-alike
/// letters and the home area is the body; so is what is near it by more than <see cref="FoundAt"/> and nearer by
/// <see cref="Margin"/> than any other body. Remembers what it resolved: one for each request.
/// </summary>
internal sealed partial class LeadResolver(NameIndex index)
{
    /// <summary>The least nearness of a match.</summary>
    public const double FoundAt = 0.8;

    /// <summary>How much nearer a match is than the next body.</summary>
    public const double Margin = 0.08;

    /// <summary>The least nearness of a candidate.</summary>
    public const double CandidateAt = 0.5;

    // Bodies that are about as near as each other could all be meant.
    private const double AmbiguousWithin = 0.15;
    private const int MaximumCandidates = 5;
    private const int MostPartsOfAName = 3;

    private readonly NearNames _near = new(index);
    private readonly Dictionary<string, IReadOnlyList<Candidate>> _same = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Candidate>> _seen = new(StringComparer.Ordinal);

    /// <summary>The leads of a cell, in order.</summary>
    public IReadOnlyList<ResolvedText> ResolveCell(string cell)
    {
        List<ResolvedText> resolved = [];
        var leads = LeadCell.Split(cell);
        for (var i = 0; i < leads.Count; i++)
        {
            if (TryJoin(leads, ref i) is { } joined)
                resolved.Add(joined);
            else
                resolved.AddRange(Resolve(leads[i]));
        }

        return resolved;
    }

    // A name may hold what parts leads elsewhere: "DA/SV Delivery Group".
    private ResolvedText? TryJoin(IReadOnlyList<LeadText> leads, ref int at)
    {
        for (var count = Math.Min(MostPartsOfAName, leads.Count - at); count > 1; count--)
        {
            var parts = leads.Skip(at).Take(count).ToArray();
            if (parts.SkipLast(1).Any(p => p.Qualifier.Length > 0) || parts.All(p => Exact(p.Text).Count > 0))
                continue;

            var whole = new LeadText(string.Join(" / ", parts.Select(p => p.Text)), parts[^1].Qualifier);
            var joined = Judge(whole, _near.MayBeList(whole.Text) ? Candidates(whole.Text) : Exact(whole.Text));
            if (joined.Found is { } found && (found.Difference.Length == 0 || LeadCell.Split(found.Name).Count > 1))
            {
                at += count - 1;
                return joined;
            }
        }

        return null;
    }

    private ResolvedText[] Resolve(LeadText lead)
    {
        if (lead.Qualifier.Length > 0 && Exact($"{lead.Text} {lead.Qualifier}") is [var whole])
            return [new ResolvedText(lead.Text, "", Match.Found, [whole])];

        var resolved = Judge(lead, Candidates(lead.Text));
        if (resolved.Match is Match.Found)
            return [lead.Qualifier.Length > 0 && MeansSame(lead.Qualifier, resolved.Found!) ? resolved with { Qualifier = "" } : resolved];

        if (Parts(lead) is { } parts)
            return parts;

        // The bracket has the name that is known: "Safety Partners (CSPs)".
        return lead.Qualifier.Length > 2 && Exact(lead.Qualifier) is [var named]
            ? [new ResolvedText(
                lead.Text, "", Match.Found, [named with { Nearness = 0.85, Difference = "in brackets" }])]
            : [resolved];
    }

    // "OPCC and Constabulary", "OPCC – Constabulary", "OPCC Constabulary": bodies whose separator is a word, a dash or lost.
    private ResolvedText[]? Parts(LeadText lead)
    {
        var parts = PartSeparator().Split(lead.Text);
        if (parts.Length == 1)
        {
            parts = lead.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Any(p => NameWords.Of(p).Count != 1 && !p.Any(char.IsUpper)))
                return null;
        }

        if (parts.Length is < 2 or > 5)
            return null;

        var resolved = new ResolvedText[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (Exact(parts[i]) is not [var only])
                return null;

            resolved[i] = new ResolvedText(
                parts[i].Trim(), i == parts.Length - 1 ? lead.Qualifier : "", Match.Found, [only with { Nearness = 0.9 * only.Nearness }]);
        }

        return resolved.DistinctBy(r => r.Found!.Partner.Name).Count() == resolved.Length ? resolved : null;
    }

    private bool MeansSame(string qualifier, Candidate found) =>
        Exact(qualifier) is [var only] && only.Partner == found.Partner;

    private IReadOnlyList<Candidate> Exact(string text)
    {
        if (!_same.TryGetValue(text, out var candidates))
            _same[text] = candidates = _near.Exact(text);

        return candidates;
    }

    private IReadOnlyList<Candidate> Candidates(string text)
    {
        if (!_seen.TryGetValue(text, out var candidates))
            _seen[text] = candidates = _near.Find(text);

        return candidates;
    }

    private static ResolvedText Judge(LeadText lead, IReadOnlyList<Candidate> near)
    {
        var match = near switch
        {
            [] => Match.None,
            [var only] => only.Nearness >= FoundAt ? Match.Found : Match.None,
            [var first, var second, ..] when first.Nearness >= FoundAt && first.Nearness - second.Nearness >= Margin => Match.Found,
            [var first, var second, ..] => first.Nearness - second.Nearness <= AmbiguousWithin ? Match.Ambiguous : Match.None,
        };
        return new ResolvedText(lead.Text, lead.Qualifier, match, [.. near.Take(MaximumCandidates)]);
    }

    [GeneratedRegex(@"\s+(?:and|with)\s+|\s*[&+–—]\s*|\s+-\s*|\s*-\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartSeparator();
}
