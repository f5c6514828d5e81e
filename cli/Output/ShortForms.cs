using Date = Google.Type.Date;

namespace PlanServices.Cli.Output;

/// <summary>Names and days as a terminal shows them.</summary>
internal static class ShortForms
{
    /// <summary>The last part of a resource's name: its id.</summary>
    public static string Id(string name) => name[(name.LastIndexOf('/') + 1)..];

    /// <summary>A day as 2018-10-31; nothing where there is none.</summary>
    public static string Day(Date? day) => day is null ? "" : $"{day.Year:D4}-{day.Month:D2}-{day.Day:D2}";
}
