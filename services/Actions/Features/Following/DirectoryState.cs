using System.IO.Hashing;
using System.Text;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Actions.Features.Following;

/// <summary>What the catalogue knows of the directory at one revision. Immutable.</summary>
internal sealed class DirectoryState
{
    private readonly IReadOnlyDictionary<string, Partner> _partners;
    private readonly IReadOnlyDictionary<string, Relation> _relations;
    private readonly ILookup<string, DatedRelation> _successions;
    private readonly ILookup<string, DatedRelation> _memberships;

    private DirectoryState(IReadOnlyDictionary<string, Partner> partners, IReadOnlyDictionary<string, Relation> relations, long revision)
    {
        _partners = partners;
        _relations = relations;
        Revision = revision;
        _successions = Dated(Kind.SucceededBy);
        // Who provides a group's chair sits in it.
        _memberships = Dated(Kind.MemberOf, Kind.Chairs);
    }

    public static DirectoryState Empty { get; } = new(new Dictionary<string, Partner>(), new Dictionary<string, Relation>(), 0);

    /// <summary>The directory's revision.</summary>
    public long Revision { get; }

    public Partner? Find(string partner) => _partners.GetValueOrDefault(partner);

    /// <summary>The bodies that have taken a body's place by a day, followed to the end of the chain; none where none did.</summary>
    public IReadOnlyList<string> SuccessorsOf(string partner, DateOnly day) =>
        Chain.Ends(partner, body => _successions[body].Where(s => s.InForce(day)).Select(s => s.Other));

    /// <summary>Tells the successors of one day from others, whatever revision or database they come from.</summary>
    public string SuccessionStamp(DateOnly day)
    {
        var hash = new XxHash128();
        foreach (var body in _successions.Select(s => s.Key).Order(StringComparer.Ordinal))
            hash.Append(Encoding.UTF8.GetBytes($"{body}={string.Join(',', SuccessorsOf(body, day))};"));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Whether a body is a member of a group on a day, or provides its chair.</summary>
    public bool IsMember(string partner, string group, DateOnly day) => _memberships[partner].Any(m => m.Other == group && m.InForce(day));

    /// <summary>The state with changes applied, in order.</summary>
    public DirectoryState With(IEnumerable<DirectoryChange> changes, long revision)
    {
        var partners = new Dictionary<string, Partner>(_partners);
        var relations = new Dictionary<string, Relation>(_relations);
        foreach (var change in changes)
        {
            if (change.EntryCase == DirectoryChange.EntryOneofCase.Partner)
                partners[change.Partner.Name] = change.Partner;
            else if (change.EntryCase == DirectoryChange.EntryOneofCase.Relation)
                relations[change.Relation.Name] = change.Relation;
        }

        return new DirectoryState(partners, relations, revision);
    }

    private ILookup<string, DatedRelation> Dated(params Kind[] kinds) => _relations.Values
        .Where(r => kinds.Contains(r.Kind))
        .OrderBy(r => r.Name, StringComparer.Ordinal)
        .ToLookup(r => r.Partner, r => new DatedRelation(r.Other, Dates.Span(r.StartDate, r.EndDate)));

    private readonly record struct DatedRelation(string Other, DateSpan Days)
    {
        public bool InForce(DateOnly day) => Days.Has(day);
    }
}
