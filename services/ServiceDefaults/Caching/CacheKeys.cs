using System.Globalization;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>
/// What an answer was made from. Another revision, another database, another day or another directory is another key: nothing that is
/// kept ever becomes wrong, it is only asked for no more.
/// </summary>
/// <param name="Log">The identity of the change log: a database that was restored has another.</param>
/// <param name="Plan">The plan's id.</param>
/// <param name="Revision">The plan's revision.</param>
/// <param name="Leads">What the answer says of the directory, and of which day.</param>
public sealed record PlanPoint(string Log, string Plan, long Revision, string Leads)
{
    /// <summary>How the keys of all answers that are made from it begin.</summary>
    internal string Prefix { get; } = string.Create(CultureInfo.InvariantCulture, $"{CacheKeys.Prefix}:{Log}:{Plan}:{Revision}:{Leads}:");
}

/// <summary>Every key and channel in Redis. Those of another format begin with another number.</summary>
public static class CacheKeys
{
    internal const string Prefix = "planservices:1";

    /// <summary>Written and read to see whether Redis works.</summary>
    public const string Probe = $"{Prefix}:probe";

    /// <summary>The channel that tells of commits to a database.</summary>
    /// <param name="database">The name of its context.</param>
    public static string Commits(string database) => $"{Prefix}:commits:{database}";

    /// <summary>An action.</summary>
    public static string PlanAction(PlanPoint at, string reference) => string.Concat(at.Prefix, "action:", reference);

    /// <summary>A page of a plan's actions.</summary>
    /// <param name="at">What it is made from.</param>
    /// <param name="size">How many it has at the most.</param>
    /// <param name="theme">The theme's id; empty for all.</param>
    /// <param name="after">The key of the last entry of the page before. Last, for it may have any character.</param>
    public static string PlanActions(PlanPoint at, int size, string theme, string after) => string.Create(
        CultureInfo.InvariantCulture, $"{at.Prefix}actions:{size}:{theme.Length}:{theme}:{after}");
}
