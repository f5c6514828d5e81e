using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using Spectre.Console;

namespace PlanServices.Cli.Output;

/// <summary>Says which plans there are, and how one stands.</summary>
internal static class StatusOutput
{
    public static void WritePlans(IAnsiConsole console, Uri address, IReadOnlyList<(Plan Plan, string Newest)> plans)
    {
        console.WriteLine($"PlanServices answers at {address}.");
        if (plans.Count == 0)
        {
            console.WriteLine("There is no plan yet. 'plan import FILE --plan my-county --period 2018-10' makes one.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Plan", "Name", "Newest period", "Revision");
        foreach (var (plan, newest) in plans)
            table.AddRow(new Text(plan.Name["plans/".Length..]), new Text(plan.DisplayName), new Text(newest), new Text($"{plan.HeadRevision}"));

        console.WriteTable(table);
    }

    public static void WriteSummary(IAnsiConsole console, Plan plan, StatusSummary summary)
    {
        console.WriteLine($"{plan.DisplayName}, {summary.PeriodDisplayName} (revision {summary.Revision})");
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "Theme", "Actions", "Red", "Amber", "Green", "Not started", "Complete", "Not rated", "Not recorded", "↑ Improved", "↔ No change", "↓ Deteriorated");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var theme in summary.Themes)
            Add(table, theme.DisplayName.Length > 0 ? theme.DisplayName : "No theme", theme.Tally);

        Add(table, "All", summary.Total);
        console.WriteTable(table);
        if (summary.Leads.Count > 0)
            console.WriteTable(Leads(summary));
        foreach (var parent in summary.Parents.Where(p => p.WorstRef.Length > 0))
            console.WriteLine($"{parent.Ref} stands as {(parent.Leaves == 1 ? "its one sub-action" : $"the worst of its {parent.Leaves} sub-actions")}: {parent.WorstRef}, {parent.Status.ToString().ToLowerInvariant()}.");
        console.WriteLine(States(summary.Total.States));
        if (summary.Directory != DirectoryState.Current)
            console.WriteLine("The partner directory is out of reach: leads show as they were known last, and parent bodies may miss what stands below them.");
    }

    // What each leads itself, and what it and the bodies below it lead.
    private static Table Leads(StatusSummary summary)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Delivery lead", "Actions", "Red", "Amber", "Green", "With bodies below", "Red");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var lead in summary.Leads)
        {
            var all = lead.RolledUpTally;
            string[] cells =
            [
                lead.DisplayName.Length > 0 ? lead.DisplayName : "No lead", $"{lead.Tally.Leaves}", $"{lead.Tally.Statuses.Red}", $"{lead.Tally.Statuses.Amber}",
                $"{lead.Tally.Statuses.Green}", all is null ? "" : $"{all.Leaves}", all is null ? "" : $"{all.Statuses.Red}",
            ];
            table.AddRow(cells.Select(c => new Text(c)).ToArray());
        }

        return table;
    }

    private static string States(StateCounts states) =>
        $"Updates: {states.Approved} approved, {states.Submitted} submitted, {states.Returned} returned, {states.Draft} drafts, {states.NoUpdate} missing.";

    private static void Add(Table table, string name, Tally tally)
    {
        int[] figures =
        [
            tally.Leaves, tally.Statuses.Red, tally.Statuses.Amber, tally.Statuses.Green, tally.Statuses.NotStarted, tally.Statuses.Complete,
            tally.Statuses.NotRated, tally.Statuses.NotRecorded, tally.Directions.Improved, tally.Directions.NoChange, tally.Directions.Deteriorated,
        ];
        table.AddRow([new Text(name), .. figures.Select(f => new Text($"{f}"))]);
    }
}
