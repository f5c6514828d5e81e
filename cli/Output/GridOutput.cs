using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using Spectre.Console;
using GridRow = PlanServices.Reporting.V1.GridRow;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Cli.Output;

/// <summary>Prints a status grid. Everything that a colour says is also said by a shape and a letter.</summary>
internal static class GridOutput
{
    private const int TitleWidth = 44;

    public static void Write(IAnsiConsole console, StatusGrid grid)
    {
        console.WriteLine($"{grid.PlanDisplayName} (revision {grid.Revision})");
        if (grid.Periods.Count == 0)
        {
            console.WriteLine("The plan has no period yet.");
            return;
        }

        var meanings = grid.StatusScheme.Statuses.ToDictionary(s => s.Status);
        foreach (var theme in grid.Rows.GroupBy(r => r.Theme))
        {
            var table = new Table().Border(TableBorder.Simple)
                .Title(Markup.Escape(theme.First().ThemeDisplayName is { Length: > 0 } name ? name : "No theme"))
                .AddColumns("Ref", "Action");
            foreach (var period in grid.Periods)
                table.AddColumn(new TableColumn(new Text(period.Period[(period.Period.LastIndexOf('/') + 1)..])).Centered());
            table.AddColumns("Trend", "Red for");
            foreach (var row in theme)
            {
                table.AddRow([
                    new Text(row.Ref), new Text(Short(row.Title)),
                    .. row.Cells.Select(c => Cell(c, meanings)),
                    new Text(TrendOf(row)), new Text(row.RedPeriods == 0 ? "" : $"{row.RedPeriods} {(row.RedPeriods == 1 ? "period" : "periods")}"),
                ]);
            }

            console.WriteTable(table);
        }

        WriteKey(console, grid, meanings);
    }

    private static Text Cell(GridCell cell, Dictionary<Status, StatusMeaning> meanings)
    {
        if (cell.NotShown)
            return new Text("not shown");

        var meaning = meanings.GetValueOrDefault(cell.Status);
        return new Text($" {StatusMarks.Shape(cell.Status)} {SymbolOf(meaning)} {StatusMarks.Arrow(cell.Direction)} ", StatusMarks.StyleOf(meaning));
    }

    private static void WriteKey(IAnsiConsole console, StatusGrid grid, Dictionary<Status, StatusMeaning> meanings)
    {
        var shown = grid.Rows.SelectMany(r => r.Cells).Select(c => c.Status).ToHashSet();
        var key = grid.StatusScheme.Statuses.Where(s => shown.Contains(s.Status))
            .Select(s => $"{StatusMarks.Shape(s.Status)} {SymbolOf(meanings[s.Status])} {s.Label}");
        console.WriteLine($"{string.Join("   ", key)}   ↑ improved ↔ no change ↓ deteriorated, as leads say");
    }

    private static string TrendOf(GridRow row) => row.Trend switch
    {
        GridRow.Types.Trend.Better => "↗ better",
        GridRow.Types.Trend.Level => "→ level",
        GridRow.Types.Trend.Worse => "↘ worse",
        _ => "",
    };

    private static string SymbolOf(StatusMeaning? meaning) => meaning?.Symbol is { Length: > 0 } symbol ? symbol : "–";

    private static string Short(string text) => text.Length <= TitleWidth ? text : text[..TitleWidth] + "…";
}
