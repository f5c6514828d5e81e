using PlanServices.Actions.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>What each status means in a plan, with nothing left out that is shown.</summary>
internal static class Schemes
{
    /// <summary>The plan's scheme, and an entry for each status that it does not explain and that is shown all the same.</summary>
    public static StatusScheme With(StatusScheme? of, IEnumerable<Status> shown)
    {
        var scheme = of?.Clone() ?? new StatusScheme();
        var explained = scheme.Statuses.Select(s => s.Status).ToHashSet();
        scheme.Statuses.AddRange(shown.Append(Status.Unspecified)
            .Distinct()
            .Where(s => !explained.Contains(s))
            .OrderBy(s => s == Status.Unspecified ? int.MaxValue : (int)s)
            .Select(s => new StatusMeaning { Status = s, Label = s.Word(), Symbol = s.Letter() }));
        return scheme;
    }
}
