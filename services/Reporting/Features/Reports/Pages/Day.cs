using System.Globalization;
using Date = Google.Type.Date;

namespace PlanServices.Reporting.Features.Reports.Pages;

/// <summary>Days and times as people in the plan's county read them.</summary>
internal static class Day
{
    // The same zone has another name where Windows keeps its own list.
    private static readonly TimeZoneInfo London =
        TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone) ? zone : TimeZoneInfo.FindSystemTimeZoneById("GMT Standard Time");

    /// <summary>"31 October 2018". Null where it is no day of the calendar: a date may lack its day or month (google.type.Date).</summary>
    public static string? Text(Date? date) =>
        date is { Year: > 0 and < 10000, Month: > 0 and <= 12, Day: > 0 } && date.Day <= DateTime.DaysInMonth(date.Year, date.Month)
            ? new DateOnly(date.Year, date.Month, date.Day).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)
            : null;

    /// <summary>A time in London: "1 October 2018, 10:07 BST".</summary>
    public static string Text(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London);
        return $"{local.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} {(London.IsDaylightSavingTime(local) ? "BST" : "GMT")}";
    }
}
