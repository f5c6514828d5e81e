using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using Spectre.Console;

namespace PlanServices.Cli.Output;

/// <summary>Says where an expunged text stood, and where it still stands. Only a trial repeats the text.</summary>
internal static class ExpungeOutput
{
    public static void Write(IAnsiConsole console, ExpungeResponse expunged, bool dryRun)
    {
        if (expunged.CurrentOccurrences + expunged.HistoryOccurrences + expunged.LeadReviews == 0)
        {
            console.WriteLine(
                $"Not found, neither in the plan and its history nor in the directory's review list{(dryRun ? "" : "; what an attempt before removed is in no file of theirs any more")}.");
            return;
        }

        console.WriteLine(
            $"{(dryRun ? "Found" : "Removed")}: {expunged.CurrentOccurrences} in the plan as it is, {expunged.HistoryOccurrences} in its history, "
            + $"{expunged.LeadReviews} in the directory's review list{(dryRun ? "" : $" (revision {expunged.Revision})")}.");
        foreach (var resource in expunged.Resources)
            console.WriteLine($"    {resource}");
        if (expunged.Excerpts.Count > 0)
            console.WriteLine("It stands so:");
        foreach (var excerpt in expunged.Excerpts)
            console.WriteLine($"    {excerpt}");
    }

    public static void Write(IAnsiConsole console, IReadOnlyCollection<Report> holding)
    {
        if (holding.Count == 0)
        {
            console.WriteLine("No published report holds the text.");
            return;
        }

        console.WriteLine("Published reports stay as they were. These hold the text:");
        foreach (var report in holding)
            console.WriteLine($"    {PublicationOutput.Line(report)}");
        if (holding.Any(r => r.State == Report.Types.State.Published))
            console.WriteLine("'plan withdraw' removes the content of one for good; then 'plan publish' makes another. A correction leaves the corrected one to be had.");
        if (holding.Any(r => r.State == Report.Types.State.Withdrawn))
            console.WriteLine("Of those withdrawn only the reason or the note of the correction has it; these stay.");
    }
}
