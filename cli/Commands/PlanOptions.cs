using System.CommandLine;
using System.Globalization;
using PlanServices.Actions.V1;
using Date = Google.Type.Date;

namespace PlanServices.Cli.Commands;

/// <summary>Options and arguments that several commands have.</summary>
internal static class PlanOptions
{
    public static Option<string> Plan() => new("--plan") { Description = "The plan's id: cambridgeshire-2017.", Required = true };

    public static Option<string> Period() => new("--period") { Description = "The period's id, year and month: 2018-10.", Required = true };

    /// <summary>The period of what is only shown: see <see cref="PlanHead"/>.</summary>
    public static Option<string?> PeriodOrNewest() => new("--period") { Description = "The period's id, year and month: 2018-10; otherwise the newest." };

    public static Option<string> Output() => new("--output", "-o") { Description = "The file to write; - is standard output.", Required = true };

    public static Argument<string> Ref() => new("REF") { Description = "The action's ref: O2.1." };

    public static Argument<string[]> Refs() => new("REF") { Description = "Refs of actions: V1 O2.1.", Arity = ArgumentArity.OneOrMore };

    public static Option<string?> Etag() => new("--etag") { Description = "The etag that was read: fail where somebody changed it since." };

    public static Option<string?> Day(string name, string description) => new(name) { Description = $"{description}, as 2018-10-31." };

    /// <summary>The day that an option gives; null where it gives none.</summary>
    public static Date? ReadDay(ParseResult result, Option<string?> option)
    {
        if (result.GetValue(option) is not { } text)
            return null;

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new Date { Year = day.Year, Month = day.Month, Day = day.Day }
            : throw new CommandException($"{option.Name}: '{text}' is no day; 2018-10-31 is one.");
    }

    /// <summary>The meeting that two options give; null where neither does.</summary>
    public static Meeting? ReadMeeting(ParseResult result, Option<string?> name, Option<string?> date) =>
        result.GetValue(name) is null && result.GetValue(date) is null
            ? null
            : new Meeting { DisplayName = result.GetValue(name) ?? "", Date = ReadDay(result, date) };

    /// <summary>An update's resource name.</summary>
    public static string UpdateName(string? plan, string reference, string? period) => $"plans/{plan}/actions/{reference}/updates/{period}";
}
