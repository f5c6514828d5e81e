using System.ComponentModel.DataAnnotations;

namespace PlanServices.ServiceDefaults.Caching;

/// <summary>How answers are kept to be given again. Section <c>Caching</c>; where Redis is, <c>ConnectionStrings:cache</c> says.</summary>
public sealed class CachingOptions
{
    public const string Section = "Caching";

    /// <summary>What the answers in this process may take, in MB: 0 to 4,096. Those that were not asked for longest
    /// give way; at 0 none is kept, and each read goes to Redis or the database.</summary>
    [Range(0, 4096)]
    public int MemoryMegabytes { get; init; } = 32;

    /// <summary>
    /// How long an answer is kept, here and in Redis: 1 second to 1 day. A write makes it unreachable at once; this is how long it may lie
    /// there after that.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// For how long a process goes on without looking at the database when it hears of no write: 0 to 1 minute. What other processes wrote
    /// is read after so long at the latest, and at once by whoever asks for the revision.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MostStale { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long Redis may take, before the database is asked instead: 1 millisecond to 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long Redis is left alone after it failed: 0 to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);
}
