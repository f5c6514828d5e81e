using System.CommandLine;
using PlanServices.Reporting.V1;

namespace PlanServices.Cli.Commands;

/// <summary>Options that the commands about reports have.</summary>
internal static class ReportOptions
{
    public static FormatOption Format(Option<string> output) => new(output, "html", "docx", "xlsx", "csv", "markdown", "json", "facts");

    public static Option<string> Audience()
    {
        var option = new Option<string>("--audience")
        {
            Description = "board: everything; panel: approved updates; public: approved, without what is withheld.",
            DefaultValueFactory = _ => "board",
        };
        option.AcceptOnlyFromAmong("board", "panel", "public");
        return option;
    }

    public static Option<string> Marking()
    {
        var option = new Option<string>("--marking") { Description = "The protective marking on each page.", DefaultValueFactory = _ => "none" };
        option.AcceptOnlyFromAmong("none", "official", "official-sensitive");
        return option;
    }

    public static Option<int> Number() => new("--number") { Description = "The report's number; 'plan reports' lists them.", Required = true };

    public static Audience ReadAudience(string? text) => Enum.Parse<Audience>(text!, ignoreCase: true);

    public static ProtectiveMarking ReadMarking(string? text) => text switch
    {
        "official" => ProtectiveMarking.Official,
        "official-sensitive" => ProtectiveMarking.OfficialSensitive,
        _ => ProtectiveMarking.Unspecified,
    };
}
