using PlanServices.Actions.V1;
using Spectre.Console;
using static PlanServices.Cli.Output.ShortForms;

namespace PlanServices.Cli.Output;

/// <summary>Says how a period stands, and who owes an update for it.</summary>
internal static class PeriodOutput
{
    public static void Write(IAnsiConsole console, Period period)
    {
        console.WriteLine($"{period.DisplayName} ({Id(period.Name)}) is {State(period)}, as at {Day(period.AsAtDate)}.");
        if (period.OpenDate is { } opens)
            console.WriteLine($"Leads are asked on {Day(opens)}.");
        if (period.DueDate is { } due)
            console.WriteLine($"Updates are due by {Day(due)}.");
        if (period.Meeting is { } meeting)
            console.WriteLine($"The report goes to {(meeting.DisplayName.Length > 0 ? meeting.DisplayName : "the meeting")}{(meeting.Date is { } date ? $" on {Day(date)}" : "")}.");
        if (period.ReopenReason.Length > 0)
            console.WriteLine($"It was reopened: {period.ReopenReason}");
    }

    public static void Write(IAnsiConsole console, IReadOnlyList<Period> periods)
    {
        if (periods.Count == 0)
        {
            console.WriteLine("The plan has no period yet.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Period", "Name", "State", "As at", "Opens", "Due", "Meeting", "On");
        foreach (var period in periods)
        {
            table.AddRow(new[]
            {
                Id(period.Name), period.DisplayName, State(period), Day(period.AsAtDate), Day(period.OpenDate), Day(period.DueDate),
                period.Meeting?.DisplayName ?? "", Day(period.Meeting?.Date),
            }.Select(c => new Text(c)).ToArray());
        }

        console.WriteTable(table);
    }

    public static void Write(IAnsiConsole console, DeletePeriodRequest request, DeletePeriodResponse deleted)
    {
        var drafts = deleted.DeletedDrafts switch
        {
            0 => "",
            1 => ", and the draft that was carried over into it",
            _ => $", and the {deleted.DeletedDrafts} drafts that were carried over into it",
        };
        console.WriteLine($"{Id(request.Name)} {(request.ValidateOnly ? "would be" : "is")} deleted{drafts} (revision {deleted.Revision}).");
    }

    public static void WriteOwed(IAnsiConsole console, ListOwedUpdatesResponse owed)
    {
        if (owed.OwedUpdates.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("Ref", "Action", "Delivery leads", "Update", "Days late", "Returned for");
            foreach (var update in owed.OwedUpdates)
            {
                table.AddRow(new[]
                {
                    update.PlanAction.Ref,
                    Short(update.Title),
                    string.Join(" / ", update.PlanAction.DeliveryLeads.Select(l => l.Text)),
                    update.State == ProgressUpdate.Types.State.Unspecified ? "none" : update.State.ToString().ToLowerInvariant(),
                    update.DaysLate == 0 ? "" : $"{update.DaysLate}",
                    update.ReturnReason,
                }.Select(c => new Text(c)).ToArray());
            }

            console.WriteTable(table);
        }

        console.WriteLine($"{owed.TotalSize} of {owed.TotalLeaves} actions owe an update.");
    }

    private static string State(Period period) => period.State == Period.Types.State.Locked ? "locked" : "open";

    private static string Short(string text) => text.Length <= 50 ? text : text[..50] + "…";
}
