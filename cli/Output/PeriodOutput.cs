using PlanServices.Actions.V1;
using Spectre.Console;
using Date = Google.Type.Date;

namespace PlanServices.Cli.Output;

/// <summary>Says how a period stands, and who owes an update for it.</summary>
internal static class PeriodOutput
{
    public static void Write(IAnsiConsole console, Period period)
    {
        var id = period.Name[(period.Name.LastIndexOf('/') + 1)..];
        console.WriteLine($"{period.DisplayName} ({id}) is {(period.State == Period.Types.State.Locked ? "locked" : "open")}, as at {Day(period.AsAtDate)}.");
        if (period.DueDate is { } due)
            console.WriteLine($"Updates are due by {Day(due)}.");
        if (period.Meeting is { } meeting)
            console.WriteLine($"The report goes to {(meeting.DisplayName.Length > 0 ? meeting.DisplayName : "the meeting")}{(meeting.Date is { } date ? $" on {Day(date)}" : "")}.");
        if (period.ReopenReason.Length > 0)
            console.WriteLine($"It was reopened: {period.ReopenReason}");
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

    private static string Day(Date? day) => day is null ? "" : $"{day.Year:D4}-{day.Month:D2}-{day.Day:D2}";

    private static string Short(string text) => text.Length <= 50 ? text : text[..50] + "…";
}
