using System.Collections.Concurrent;
using System.Collections.Frozen;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Partners.Features.Directory;

/// <summary>The whole directory at one revision. Its messages are shared by all calls: nobody changes them.</summary>
internal sealed class DirectorySnapshot
{
    private readonly FrozenDictionary<string, Partner> _byName;
    private readonly FrozenDictionary<(string Area, string Key), LeadReview> _settled;
    private readonly ILookup<string, (string Other, DateSpan Days)> _successions;
    private readonly ConcurrentDictionary<string, Lazy<NameIndex>> _names = new();

    public DirectorySnapshot(
        long revision,
        IEnumerable<Partner> partners,
        IEnumerable<Officer>? officers = null,
        IEnumerable<Relation>? relations = null,
        IEnumerable<(string Key, LeadReview Review)>? settled = null)
    {
        Revision = revision;
        Partners = [.. partners.OrderBy(p => p.Name, StringComparer.Ordinal)];
        Officers = [.. (officers ?? []).OrderBy(o => o.Name, StringComparer.Ordinal)];
        Relations = [.. (relations ?? []).OrderBy(r => r.Name, StringComparer.Ordinal)];
        _byName = Partners.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        _settled = (settled ?? []).ToFrozenDictionary(s => (s.Review.Area, s.Key), s => s.Review);
        _successions = Relations.Where(r => r.Kind == Kind.SucceededBy)
            .ToLookup(r => r.Partner, r => (r.Other, Dates.Span(r.StartDate, r.EndDate)));
    }

    public long Revision { get; }

    /// <summary>By name, ordinal.</summary>
    public IReadOnlyList<Partner> Partners { get; }

    /// <summary>By name, ordinal.</summary>
    public IReadOnlyList<Officer> Officers { get; }

    /// <summary>By name, ordinal.</summary>
    public IReadOnlyList<Relation> Relations { get; }

    public Partner? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The bodies that have taken a body's place by a day, followed to the end of the chain.</summary>
    public IReadOnlyList<string> SuccessorsOf(string partner, DateOnly day) =>
        Chain.Ends(partner, body => _successions[body].Where(s => s.Days.Has(day)).Select(s => s.Other));

    /// <summary>What an officer said that a text means in an area's plans; null where nobody has.</summary>
    public LeadReview? Settled(string area, string text) =>
        _settled.Count == 0 ? null : _settled.GetValueOrDefault((area, LeadKey.Of(text)));

    /// <summary>What the resolver compares lead texts with for an area: <c>policeAreas/{police_area}</c>.</summary>
    public NameIndex Names(string area) => _names.GetOrAdd(
        area,
        name => new Lazy<NameIndex>(() => NameIndex.Of(Partners, HomeArea.Of(name, ReferenceData.Areas)))).Value;

    /// <summary>All entries, as a watcher is sent them.</summary>
    public IEnumerable<DirectoryChange> Entries() =>
        Partners.Select(p => new DirectoryChange { Revision = p.Revision, ChangeTime = p.UpdateTime, Partner = p })
            .Concat(Officers.Select(o => new DirectoryChange { Revision = o.Revision, ChangeTime = o.UpdateTime, Officer = o }))
            .Concat(Relations.Select(r => new DirectoryChange { Revision = r.Revision, ChangeTime = r.UpdateTime, Relation = r }))
            .Concat(_settled.Values.OrderBy(r => r.UpdateTime).ThenBy(r => r.Text, StringComparer.Ordinal)
                .Select(r => new DirectoryChange { Revision = long.Parse(r.Etag, null), ChangeTime = r.UpdateTime, LeadReview = r }));
}
