using System.Globalization;
using PlanServices.Actions.V1;
using PlanServices.History;
using Spectre.Console;
using Kind = PlanServices.Actions.V1.ChangeSource.Types.Kind;

namespace PlanServices.Cli.Output;

/// <summary>Says what a revision changed, who made it and from where.</summary>
internal static class HistoryOutput
{
    private const int MostText = 160;

    public static void Write(IAnsiConsole console, Provenance provenance, IEnumerable<FieldChange> changes, bool removed)
    {
        var time = provenance.ChangeTime.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        console.WriteLine($"Revision {provenance.Revision}, {time} UTC, {provenance.Caller}{Source(provenance.Source)}");
        if (provenance.Reason.Length > 0)
            console.WriteLine($"    because: {provenance.Reason}");
        if (removed)
            console.WriteLine("    removed");
        foreach (var change in changes)
        {
            var (before, after) = Different(
                FieldValues.Say(change.Field, change.Before), FieldValues.Say(change.Field, change.After));
            console.WriteLine($"    {FieldNames.Say(change.Field)}: {(before.Length == 0 ? "" : $"{before} → ")}{(after.Length == 0 ? "(empty)" : after)}");
        }
    }

    public static void Write(IAnsiConsole console, PlanRevision revision)
    {
        Write(console, revision.Provenance, revision.Changes, removed: revision.Plan is null && revision.Expunged is null);
        if (revision.Expunged is { } expunged)
            console.WriteLine($"    a text was removed: {expunged.CurrentOccurrences} in the plan as it was, {expunged.HistoryOccurrences} in its history");
    }

    public static string Source(ChangeSource? source) => source?.Kind switch
    {
        Kind.Paper or Kind.Spreadsheet => $", {source.File}{(source.Row > 0 ? $" row {source.Row}" : "")}",
        Kind.CarryOver => ", carried over",
        Kind.Refresh => $", {source.Refresh}",
        Kind.Undo => $", undoing revision {source.UndoneRevision}",
        Kind.Directory => ", from the directory",
        Kind.Expunge => ", expunging",
        _ => "",
    };

    // Of long texts, what differs, with a little of what stands around it.
    private static (string Before, string After) Different(string before, string after)
    {
        if (before.Length + after.Length <= 2 * MostText)
            return (OneLine(before), OneLine(after));

        var start = before.Zip(after).TakeWhile(p => p.First == p.Second).Count();
        start = Math.Max(0, start - 20);
        return (Cut(before, start), Cut(after, start));

        static string Cut(string text, int from)
        {
            var part = text[Math.Min(from, text.Length)..];
            return OneLine((from > 0 ? "…" : "") + (part.Length <= MostText ? part : part[..MostText] + "…"));
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
