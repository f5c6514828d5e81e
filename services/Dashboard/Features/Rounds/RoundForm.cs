using System.Globalization;
using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;

namespace PlanServices.Dashboard.Features.Rounds;

/// <summary>What a person writes to open a round: dates as a browser's date field has them, <c>2019-01-31</c>.</summary>
internal sealed class RoundForm
{
    private const int UsualMonths = 3;

    /// <summary>Year and month: <c>2019-01</c>.</summary>
    public string Id { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string AsAt { get; set; } = "";

    public string Opens { get; set; } = "";

    public string Due { get; set; } = "";

    public string MeetingName { get; set; } = "";

    public string MeetingDate { get; set; } = "";

    /// <summary>Whether the texts of the period before are there as drafts.</summary>
    public bool CarriesOver { get; set; } = true;

    /// <summary>The round that comes next: as long after the newest as that is after the one before it.</summary>
    public static RoundForm After(IReadOnlyList<Period> newestFirst)
    {
        var months = newestFirst.Select(p => Month(Place.Id(p.Name))).OfType<DateOnly>().Take(2).ToArray();
        if (months.Length == 0)
            return new RoundForm();

        var gap = months is [var newest, var before] ? (12 * (newest.Year - before.Year)) + newest.Month - before.Month : UsualMonths;
        return new RoundForm { Id = months[0].AddMonths(Math.Max(gap, 1)).ToString("yyyy-MM", CultureInfo.InvariantCulture) };
    }

    /// <summary>The request; what is no date is left out, as the browser leaves it out.</summary>
    public CreatePeriodRequest Request(string plan) => new()
    {
        Parent = plan,
        PeriodId = Id.Trim(),
        NoCarryOver = !CarriesOver,
        RequestId = Writes.RequestId(),
        Period = new Period
        {
            DisplayName = DisplayName.Trim(),
            AsAtDate = Date(AsAt),
            OpenDate = Date(Opens),
            DueDate = Date(Due),
            Meeting = (MeetingName.Trim() + MeetingDate).Length == 0 ? null : new Meeting { DisplayName = MeetingName.Trim(), Date = Date(MeetingDate) },
        },
    };

    private static DateOnly? Month(string id) =>
        DateOnly.TryParseExact(id, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    private static Google.Type.Date? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new Google.Type.Date { Year = day.Year, Month = day.Month, Day = day.Day }
            : null;
}
