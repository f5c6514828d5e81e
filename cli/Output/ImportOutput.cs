using PlanServices.Actions.V1;
using Spectre.Console;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Cli.Output;

/// <summary>Says what an import did.</summary>
internal static class ImportOutput
{
    private const int MostRaw = 60;

    public static void Write(IAnsiConsole console, ImportGridRequest request, ImportGridResponse answer, string diagnostics)
    {
        var shown = answer.Diagnostics
            .Where(d => diagnostics == "all" || (diagnostics == "warnings" && d.Severity != Severity.Info))
            .ToList();
        if (shown.Count > 0)
            console.WriteTable(Table(shown));

        var counts = answer.Diagnostics.CountBy(d => d.Severity).ToDictionary();
        console.WriteLine(
            $"Diagnostics: {Count(counts.GetValueOrDefault(Severity.Error), "error")}, {Count(counts.GetValueOrDefault(Severity.Warning), "warning")}, "
            + $"{Count(counts.GetValueOrDefault(Severity.Info), "note")}{OfHowMany(answer)}{(diagnostics == "all" ? "" : " (--diagnostics all lists them all)")}.");
        console.WriteLine(
            $"{request.FileName}: {Count(answer.TotalRows, "row")}; {answer.Created} created, {answer.Changed} changed, {answer.Unchanged} unchanged{LeftOut(answer)}.");
        console.WriteLine(Conclusion(request, answer));
    }

    private static string Conclusion(ImportGridRequest request, ImportGridResponse answer)
    {
        if (answer.Created + answer.Changed + answer.CreatedActions + answer.CreatedThemes == 0)
        {
            var stands = $"{request.Parent}, {request.Period}";
            return answer.Conflicts > 0 || WithAnError(answer) > 0 ? $"No update was taken: {stands}, is at revision {answer.Revision}."
                : answer.TotalRows == 0 ? $"Nothing changed: the file has no rows; {stands}, is as it was (revision {answer.Revision})."
                : $"Nothing changed: {stands}, has it all already (revision {answer.Revision}).";
        }

        var made = answer.CreatedThemes + answer.CreatedActions == 0
            ? ""
            : $"{Count(answer.CreatedThemes, "theme")} and {Count(answer.CreatedActions, "action")} and sub-actions";
        var to = $"{request.Parent}, {request.Period}";
        return request.ValidateOnly
            ? $"A dry run: nothing was stored. It would {(made.Length > 0 ? $"make {made} in" : "change")} {to}."
            : $"{(made.Length > 0 ? $"Made {made}; {to}, is" : $"{to} is")} at revision {answer.Revision}.";
    }

    // An answer holds so many of them; a file of which more is said is mended in parts.
    private static string OfHowMany(ImportGridResponse answer) =>
        answer.TotalDiagnostics > answer.Diagnostics.Count ? $", of the first {answer.Diagnostics.Count:N0} of {answer.TotalDiagnostics:N0}" : "";

    private static string LeftOut(ImportGridResponse answer)
    {
        var errors = WithAnError(answer);
        return (answer.Conflicts > 0 ? $", {answer.Conflicts} in conflict, their updates left as they stand" : "") + (errors > 0 ? $"; {Count(errors, "line")} with an error left out" : "");
    }

    private static int WithAnError(ImportGridResponse answer) =>
        answer.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Row).Distinct().Count();

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static Table Table(List<GridDiagnostic> diagnostics)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Line", "Ref", "Column", "What", "Stood there", "Taken for", "Why");
        foreach (var d in diagnostics.OrderByDescending(d => d.Severity).ThenBy(d => d.Row))
        {
            table.AddRow(new[]
            {
                d.Row == 0 ? "" : $"{d.Row}", d.Ref, d.Column, d.Code, Shorten(d.Raw), Shorten(d.Interpreted), d.Message,
            }.Select(c => new Text(c)).ToArray());
        }

        return table;
    }

    private static string Shorten(string text)
    {
        text = text.Replace('\n', ' ');
        return text.Length <= MostRaw ? text : text[..MostRaw] + "…";
    }
}
