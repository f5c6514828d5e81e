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
            $"Diagnostics: {counts.GetValueOrDefault(Severity.Error)} errors, {counts.GetValueOrDefault(Severity.Warning)} warnings, "
            + $"{counts.GetValueOrDefault(Severity.Info)} notes{(diagnostics == "all" ? "" : " (--diagnostics all lists them all)")}.");
        console.WriteLine(
            $"{request.FileName}: {answer.TotalRows} rows; {answer.Created} created, {answer.Changed} changed, {answer.Unchanged} unchanged{(answer.Conflicts > 0 ? $", {answer.Conflicts} in conflict and left out" : "")}.");
        console.WriteLine(Conclusion(request, answer));
    }

    private static string Conclusion(ImportGridRequest request, ImportGridResponse answer)
    {
        if (answer.Created + answer.Changed + answer.CreatedActions + answer.CreatedThemes == 0)
            return $"Nothing changed: {request.Parent}, {request.Period}, has it all already (revision {answer.Revision}).";

        var made = $"{answer.CreatedThemes} themes and {answer.CreatedActions} actions and sub-actions";
        return request.ValidateOnly
            ? $"A dry run: nothing was stored. It would make {made} in {request.Parent}, {request.Period}."
            : $"Made {made}; {request.Parent}, {request.Period}, is at revision {answer.Revision}.";
    }

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
