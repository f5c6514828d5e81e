using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Dashboard.Pages;

/// <summary>Reads a count by its status.</summary>
internal static class Counts
{
    public static int Of(this StatusCounts counts, Status status) => status switch
    {
        Status.Red => counts.Red,
        Status.Amber => counts.Amber,
        Status.Green => counts.Green,
        Status.NotStarted => counts.NotStarted,
        Status.Complete => counts.Complete,
        Status.NotRated => counts.NotRated,
        _ => counts.NotRecorded,
    };
}
