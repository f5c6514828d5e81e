using System.Collections.Concurrent;
using PlanServices.Partners.V1;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Reporting.Features.Directory;

/// <summary>The partner directory as it was read last. It never changes: another state is another instance.</summary>
internal sealed class PartnerDirectory
{
    public static readonly PartnerDirectory OutOfReach = new(DirectoryState.OutOfReach, [], [], []);

    private readonly Dictionary<string, Partner> _partners;
    private readonly Dictionary<string, Relation> _relations;
    private readonly ConcurrentDictionary<DateOnly, Governance> _days;
    private readonly Lazy<ILookup<string, Relation>> _successions;

    private PartnerDirectory(
        DirectoryState state, Dictionary<string, Partner> partners, Dictionary<string, Relation> relations, ConcurrentDictionary<DateOnly, Governance> days)
    {
        (State, _partners, _relations, _days) = (state, partners, relations, days);
        _successions = new(() => _relations.Values.Where(r => r.Kind == Relation.Types.Kind.SucceededBy)
            .OrderBy(r => r.Name, StringComparer.Ordinal).ToLookup(r => r.Partner));
    }

    /// <summary>How good the knowledge is.</summary>
    public DirectoryState State { get; }

    /// <summary>The relations and names of a day.</summary>
    public Governance On(DateOnly day) => State == DirectoryState.OutOfReach
        ? Governance.Unknown
        : _days.GetOrAdd(day, static (d, directory) => Governance.On(d, directory._partners.Values, directory._relations.Values), this);

    /// <summary>The bodies that have taken a body's place by a day, followed to the end of the chain; none where none did.</summary>
    public IReadOnlyList<string> SuccessorsOf(string partner, DateOnly day) => Chain.Ends(
        partner, body => _successions.Value[body].Where(r => Dates.Span(r.StartDate, r.EndDate).Has(day)).Select(r => r.Other));

    /// <summary>The directory after these changes, which are all that came.</summary>
    public PartnerDirectory With(IEnumerable<DirectoryChange> changes, bool reset)
    {
        var partners = reset ? [] : new Dictionary<string, Partner>(_partners);
        var relations = reset ? [] : new Dictionary<string, Relation>(_relations);
        foreach (var change in changes)
        {
            if (change.EntryCase == DirectoryChange.EntryOneofCase.Partner)
                partners[change.Partner.Name] = change.Partner;
            else if (change.EntryCase == DirectoryChange.EntryOneofCase.Relation)
                relations[change.Relation.Name] = change.Relation;
        }

        return new PartnerDirectory(DirectoryState.Current, partners, relations, []);
    }

    /// <summary>The same knowledge, while the directory is followed.</summary>
    public PartnerDirectory Followed() => State == DirectoryState.Stale ? new PartnerDirectory(DirectoryState.Current, _partners, _relations, _days) : this;

    /// <summary>The same knowledge, while the directory is out of reach.</summary>
    public PartnerDirectory Lost() => State == DirectoryState.Current ? new PartnerDirectory(DirectoryState.Stale, _partners, _relations, _days) : this;
}
