using System.Globalization;
using PlanServices.ServiceDefaults.Errors;
using Date = Google.Type.Date;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>Days in the contract and in the database.</summary>
public static class Dates
{
    public static Date ToDate(this DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    /// <summary>The day that a request brings; null where it brings none. What is no day of the calendar is added to the errors.</summary>
    public static DateOnly? Read(Date? date, string field, ICollection<FieldError> errors)
    {
        if (date is null or { Year: 0, Month: 0, Day: 0 })
            return null;

        if (date.Year is >= 1900 and <= 9999 && date.Month is >= 1 and <= 12
            && date.Day >= 1 && date.Day <= DateTime.DaysInMonth(date.Year, date.Month))
            return new DateOnly(date.Year, date.Month, date.Day);

        errors.Add(new FieldError(field, $"{date.Year:D4}-{date.Month:D2}-{date.Day:D2} is no day of the calendar from 1900 on."));
        return null;
    }

    /// <summary>The day that a request brings as text, <c>2028-05-04</c>; <paramref name="otherwise"/> where it brings none.</summary>
    public static DateOnly? Read(string text, string field, DateOnly? otherwise = null)
    {
        if (text.Length == 0)
            return otherwise;

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw ApiErrors.InvalidField(field, "It is no day of the calendar, as in 2028-05-04.");
    }

    /// <summary>The day of a date that was checked; null where it is unset.</summary>
    public static DateOnly? AsDay(this Date? date) => date is null or { Year: 0 } ? null : new DateOnly(date.Year, date.Month, date.Day);

    /// <summary>The days from one to another, both included; open where a date is unset.</summary>
    public static DateSpan Span(Date? first, Date? last) => new(first.AsDay(), last.AsDay());

    /// <summary>Today, in UTC.</summary>
    public static DateOnly Today(this TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}

/// <summary>The days from one to another, both included.</summary>
/// <param name="First">Null: from the beginning.</param>
/// <param name="Last">Null: without end.</param>
public readonly record struct DateSpan(DateOnly? First, DateOnly? Last)
{
    public bool Has(DateOnly day) => !(day < First) && !(day > Last);

    /// <summary>Whether the spans have a day in common.</summary>
    public bool Meets(DateSpan other) => !(First > other.Last) && !(other.First > Last);
}
