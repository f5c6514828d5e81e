using System.Globalization;
using PlanServices.Reporting.V1;
using Spectre.Console;
using static PlanServices.Cli.Output.ShortForms;

namespace PlanServices.Cli.Output;

/// <summary>Says what was published.</summary>
internal static class PublicationOutput
{
    public static void Write(IAnsiConsole console, Report report)
    {
        console.WriteLine(Line(report));
        if (report.Corrects.Length > 0)
            console.WriteLine($"It corrects report {Id(report.Corrects)}: {report.CorrectionNote}");
        foreach (var file in report.Files)
            console.WriteLine($"    {file.Format.ToString().ToLowerInvariant(),-9} {file.SizeBytes,10} bytes  sha256 {file.Sha256}");
    }

    public static void Write(IAnsiConsole console, IReadOnlyList<Report> reports)
    {
        if (reports.Count == 0)
        {
            console.WriteLine("Nothing was published yet.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Report", "Period", "For", "Version", "Published", "By", "State", "Corrects", "SHA-256");
        foreach (var report in reports)
        {
            table.AddRow(new[]
            {
                $"{report.Number}",
                Id(report.Period),
                Audience(report),
                $"{report.Version}",
                report.PublishTime.ToDateTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                report.Publisher,
                State(report),
                Id(report.Corrects),
                report.Sha256[..12],
            }.Select(c => new Text(c)).ToArray());
        }

        console.WriteTable(table);
    }

    /// <summary>Which report it is, in one sentence.</summary>
    public static string Line(Report report) =>
        $"Report {report.Number}: {Id(report.Period)} for the {Audience(report)}, version {report.Version}, {State(report).TrimEnd('.')}.";

    private static string Audience(Report report) => report.Audience.ToString().ToLowerInvariant();

    private static string State(Report report) => report.State == Report.Types.State.Withdrawn
        ? $"withdrawn: {report.WithdrawReason}"
        : report.CorrectedBy.Length > 0 ? $"corrected by {Id(report.CorrectedBy)}" : "published";
}
