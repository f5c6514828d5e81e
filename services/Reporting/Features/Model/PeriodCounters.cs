using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.V1;

namespace PlanServices.Reporting.Features.Model;

/// <summary>
/// A period's leaves, counted for one audience in all the ways that a summary shows. A leaf that changes is taken back and counted
/// anew; nothing else is looked at.
/// </summary>
internal sealed class PeriodCounters(Audience audience, Governance governance)
{
    private readonly Dictionary<string, Counts> _themes = [];
    private readonly Dictionary<LeadKey, Counts> _leads = [];
    private readonly Dictionary<string, Counts> _rolledUp = [];

    public Audience Audience => audience;

    /// <summary>Which bodies stood above which when the leaves were counted.</summary>
    public Governance Governance => governance;

    public Counts Total { get; } = new();

    public IReadOnlyDictionary<string, Counts> Themes => _themes;

    /// <summary>By the leads that the leaves name; leaves without one under the empty key.</summary>
    public IReadOnlyDictionary<LeadKey, Counts> Leads => _leads;

    /// <summary>By partner, with the leaves of the bodies below it; each leaf once.</summary>
    public IReadOnlyDictionary<string, Counts> RolledUp => _rolledUp;

    public void Add(LeafGroups leaf, Fact fact) => Count(leaf, fact, 1);

    public void Remove(LeafGroups leaf, Fact fact) => Count(leaf, fact, -1);

    private void Count(LeafGroups leaf, Fact fact, int sign)
    {
        var seen = fact.SeenBy(audience);
        Total.Add(seen, sign);
        Count(_themes, leaf.Theme, seen, sign);
        if (leaf.Leads.Length == 0)
            Count(_leads, default, seen, sign);

        foreach (var lead in leaf.Leads)
            Count(_leads, lead, seen, sign);

        foreach (var partner in governance.WithAllAbove(leaf.Leads))
            Count(_rolledUp, partner, seen, sign);
    }

    private static void Count<TKey>(Dictionary<TKey, Counts> counts, TKey key, SeenFact seen, int sign)
        where TKey : notnull
    {
        if (!counts.TryGetValue(key, out var of))
            counts.Add(key, of = new Counts());

        of.Add(seen, sign);
        if (of.Leaves == 0)
            counts.Remove(key);
    }
}
