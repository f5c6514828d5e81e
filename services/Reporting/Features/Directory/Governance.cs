using PlanServices.Partners.V1;
using PlanServices.Reporting.Features.Model;
using Date = Google.Type.Date;

namespace PlanServices.Reporting.Features.Directory;

/// <summary>Which bodies stand above which on one day, and what each was called then.</summary>
/// <param name="Names">The display name of each partner by its resource name.</param>
/// <param name="Parents">The bodies directly above a partner, by name; none for most.</param>
internal sealed record Governance(IReadOnlyDictionary<string, string> Names, IReadOnlyDictionary<string, string[]> Parents)
{
    /// <summary>Without a directory nothing stands above anything.</summary>
    public static readonly Governance Unknown = new(new Dictionary<string, string>(), new Dictionary<string, string[]>());

    /// <summary>
    /// The relations of a day. A body answers for those that are its sub-groups or accountable to it; being a member, a chair or a
    /// successor hands nothing up.
    /// </summary>
    public static Governance On(DateOnly day, IEnumerable<Partner> partners, IEnumerable<Relation> relations) => new(
        partners.ToDictionary(p => p.Name, p => NameOn(day, p)),
        relations
            .Where(r => r.Kind is Relation.Types.Kind.SubgroupOf or Relation.Types.Kind.AccountableTo && Covers(r.StartDate, r.EndDate, day))
            .GroupBy(r => r.Partner)
            .ToDictionary(g => g.Key, g => g.Select(r => r.Other).Distinct().Order(StringComparer.Ordinal).ToArray()));

    /// <summary>False without a directory: then nothing is rolled up.</summary>
    public bool IsKnown => !ReferenceEquals(this, Unknown);

    public IReadOnlyList<string> ParentsOf(string partner) => Parents.GetValueOrDefault(partner) ?? [];

    /// <summary>The partners among the leads and all bodies above them, each once. A ring of relations is walked once.</summary>
    public IEnumerable<string> WithAllAbove(LeadKey[] leads)
    {
        if (!IsKnown)
            return [];
        if (leads is [var only] && !Parents.ContainsKey(only.Partner))
            return only.Partner.Length > 0 ? [only.Partner] : [];

        var found = new HashSet<string>();
        var open = new Stack<string>(leads.Where(l => l.Partner.Length > 0).Select(l => l.Partner));
        while (open.TryPop(out var partner))
        {
            if (!found.Add(partner))
                continue;

            foreach (var above in ParentsOf(partner))
                open.Push(above);
        }

        return found;
    }

    private static string NameOn(DateOnly day, Partner partner) =>
        partner.FormerNames.FirstOrDefault(n => Covers(n.StartDate, n.EndDate, day))?.DisplayName ?? partner.DisplayName;

    // An open end reaches for ever.
    private static bool Covers(Date? first, Date? last, DateOnly day) =>
        (first is null || Number(first) <= Number(day)) && (last is null || Number(day) <= Number(last));

    private static int Number(Date date) => (date.Year * 10000) + (date.Month * 100) + date.Day;

    private static int Number(DateOnly day) => (day.Year * 10000) + (day.Month * 100) + day.Day;
}
