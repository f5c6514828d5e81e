using System.ComponentModel.DataAnnotations;

namespace PlanServices.Actions.Features.Progress.Rights;

/// <summary>How it is decided who may send an update. Section <c>Rights</c>.</summary>
public sealed class RightsOptions
{
    public const string Section = "Rights";

    /// <summary>
    /// How old what is known of memberships may be, 30 seconds to a day: while the directory is out of reach for longer, updates by
    /// membership are refused (UNAVAILABLE). It is some 15 seconds old while the directory can be reached.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan OldestMemberships { get; init; } = TimeSpan.FromMinutes(5);
}
