namespace PlanServices.ServiceDefaults.Names;

/// <summary>Follows what took something's place to where it ends.</summary>
public static class Chain
{
    /// <summary>The ends of all chains from a name on, in the order in which they are met; none where nothing follows it.</summary>
    public static IReadOnlyList<string> Ends(string from, Func<string, IEnumerable<string>> next)
    {
        List<string> ends = [];
        HashSet<string> seen = [from];
        Follow(from);
        return ends;

        void Follow(string name)
        {
            foreach (var follower in next(name).Where(seen.Add))
            {
                if (next(follower).Any())
                    Follow(follower);
                else
                    ends.Add(follower);
            }
        }
    }
}
