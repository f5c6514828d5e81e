using PlanServices.Partners.Data;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Partners.Features.Relations;

/// <summary>What relations may not say together.</summary>
internal static class RelationRules
{
    /// <summary>
    /// Relations that must not lead back to where they began. Who is a member of a group may well be above it otherwise: a force is a
    /// member of its own board. So those are an order of their own.
    /// </summary>
    private static readonly Kind[][] Orders = [[Kind.SubgroupOf, Kind.AccountableTo], [Kind.MemberOf], [Kind.SucceededBy]];

    /// <summary>The same relation, in force on one of the same days; null where there is none.</summary>
    public static RelationEntity? Duplicate(RelationEntity added, IEnumerable<RelationEntity> others) => others.FirstOrDefault(o =>
        o.Kind == added.Kind && o.PartnerId == added.PartnerId && o.OtherId == added.OtherId && o.Days.Meets(added.Days));

    /// <summary>The bodies of the circle that a relation would close on some day, from its own one on; null where it closes none.</summary>
    public static IReadOnlyList<string>? Cycle(RelationEntity added, IEnumerable<RelationEntity> others)
    {
        if (Array.Find(Orders, o => o.Contains(added.Kind)) is not { } order)
            return null;

        var same = others.Where(o => order.Contains(o.Kind) && o.Days.Meets(added.Days)).ToArray();
        // A circle that stands on a day stands on the day on which the last of its relations began.
        return same.Select(o => o.StartDate).Append(added.StartDate)
            .Select(start => start ?? DateOnly.MinValue)
            .Distinct()
            .Where(added.Days.Has)
            .Select(day => PathOn(day, added, same))
            .FirstOrDefault(path => path is not null);
    }

    // From the other end back to the one, by relations of that day.
    private static List<string>? PathOn(DateOnly day, RelationEntity added, RelationEntity[] others)
    {
        var next = others.Where(o => o.Days.Has(day)).ToLookup(o => o.PartnerId, o => o.OtherId);
        Dictionary<string, string> cameFrom = new() { [added.OtherId] = added.PartnerId };
        var waiting = new Queue<string>([added.OtherId]);
        while (waiting.TryDequeue(out var body))
        {
            if (body == added.PartnerId)
                return Path(added, cameFrom);

            foreach (var further in next[body].Where(further => cameFrom.TryAdd(further, body)))
                waiting.Enqueue(further);
        }

        return null;
    }

    private static List<string> Path(RelationEntity added, Dictionary<string, string> cameFrom)
    {
        List<string> path = [added.PartnerId];
        for (var body = cameFrom[added.PartnerId]; body != added.PartnerId; body = cameFrom[body])
            path.Insert(0, body);

        path.Insert(0, added.PartnerId);
        return path;
    }
}
