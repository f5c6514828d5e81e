using System.Text.RegularExpressions;
using PlanServices.Partners.Features.Partners;
using PlanServices.ServiceDefaults.Text;
using Match = PlanServices.Partners.V1.ResolvedLead.Types.Match;

namespace PlanServices.Partners.Features.Leads;

/// <summary>
/// Says which bodies a lead cell means. A name or alias that differs at most in case, spaces, punctuation, plural, look-alike
/// letters and the home area is the body; so is what is near it by more than <see cref="FoundAt"/> and nearer by
/// <see cref="Margin"/> than any other body. What an officer said of a text goes before all that. Of bodies that are as near, those that
/// existed on the day are meant. Remembers what it resolved: one for each request.
/// </summary>
/// <param name="index">The names.</param>
/// <param name="day">The day that is asked for; null for none in particular.</param>
/// <param name="settled">What an officer said of a text; null where nobody has.</param>
internal sealed partial class LeadResolver(NameIndex index, DateOnly? day = null, Func<string, Settlement?>? settled = null)
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
    private readonly Dictionary<LeadText, ResolvedText[]> _resolved = [];
    private readonly Dictionary<LeadText, ResolvedText?> _joined = [];

    /// <summary>The leads of a cell, in order.</summary>
    public IReadOnlyList<ResolvedText> ResolveCell(string cell)
    {
        if (Settled(cell, new LeadText(cell.Trim(), "")) is { } whole)
            return [whole];

        List<ResolvedText> resolved = [];
        var leads = LeadCell.Split(cell);
        for (var i = 0; i < leads.Count; i++)
        {
            if (leads.Count > 1 && TryJoin(leads, ref i) is { } joined)
                resolved.Add(joined);
            else
                resolved.AddRange(Resolved(leads[i]));
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
            if (Joined(whole) is { } joined)
            {
                at += count - 1;
                return joined;
            }
        }

        return null;
    }

    private ResolvedText? Joined(LeadText whole)
    {
        if (!_joined.TryGetValue(whole, out var joined))
        {
            joined = Judge(whole, _near.MayBeList(whole.Text) ? Candidates(whole.Text) : Exact(whole.Text));
            if (joined.Found is not { } found || (found.Difference.Length > 0 && LeadCell.Split(found.Name).Count == 1))
                joined = null;

            _joined[whole] = joined;
        }

        return joined;
    }

    private ResolvedText[] Resolved(LeadText lead)
    {
        if (!_resolved.TryGetValue(lead, out var resolved))
            _resolved[lead] = resolved = Resolve(lead);

        return resolved;
    }

    private ResolvedText[] Resolve(LeadText lead)
    {
        if (lead.Qualifier.Length > 0 && Settled($"{lead.Text} ({lead.Qualifier})", lead with { Qualifier = "" }) is { } withQualifier)
            return [withQualifier];
        if (Settled(lead.Text, lead) is { } said)
            return [said];

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
            _same[text] = candidates = Existing(_near.Exact(text));

        return candidates;
    }

    private IReadOnlyList<Candidate> Candidates(string text)
    {
        if (!_seen.TryGetValue(text, out var candidates))
            _seen[text] = candidates = Existing(_near.Find(text));

        return candidates;
    }

    private ResolvedText? Settled(string text, LeadText lead) => settled?.Invoke(text) switch
    {
        null => null,
        { Partner: { } partner } said => new ResolvedText(
            lead.Text, lead.Qualifier, Match.Found, [new Candidate(partner, lead.Text, 1, said.Reason)], IsSettled: true),
        _ => new ResolvedText(lead.Text, lead.Qualifier, Match.None, [], IsSettled: true),
    };

    // A body that was not there on the day is meant only where no other that was comes near.
    private IReadOnlyList<Candidate> Existing(IReadOnlyList<Candidate> near)
    {
        if (day is not { } on || near.Count < 2)
            return near;

        var nearest = near[0].Nearness - AmbiguousWithin;
        if (near.All(c => c.Partner.Existed(on)) || !near.Any(c => c.Nearness >= nearest && c.Partner.Existed(on)))
            return near;

        return [.. near
            .Select(c => c.Partner.Existed(on) ? c : c with { Nearness = c.Nearness * (1 - AmbiguousWithin), Difference = "not there on the day" })
            .Where(c => c.Nearness >= CandidateAt)
            .OrderByDescending(c => c.Nearness)];
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
