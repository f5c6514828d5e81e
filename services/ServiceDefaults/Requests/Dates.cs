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
}
