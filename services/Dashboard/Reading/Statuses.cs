using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Dashboard.Reading;

/// <summary>Statuses in counts and in addresses.</summary>
public static class Statuses
{
    /// <summary>How many leaves have the status.</summary>
    public static int Of(this StatusCounts? counts, Status status) => counts is null ? 0 : status switch
    {
        Status.Red => counts.Red,
        Status.Amber => counts.Amber,
        Status.Green => counts.Green,
        Status.NotStarted => counts.NotStarted,
        Status.Complete => counts.Complete,
        Status.NotRated => counts.NotRated,
        _ => counts.NotRecorded,
    };

    /// <summary>How an address names the status: <c>not-started</c>.</summary>
    public static string Slug(Status status) => status switch
    {
        Status.Red => "red",
        Status.Amber => "amber",
        Status.Green => "green",
        Status.NotStarted => "not-started",
        Status.Complete => "complete",
        Status.NotRated => "not-rated",
        _ => "not-recorded",
    };

    /// <summary>The status that an address names; null where it names none.</summary>
    public static Status? Parse(string? slug) => Enum.GetValues<Status>().Where(s => Slug(s) == slug).Select(s => (Status?)s).FirstOrDefault();
}
