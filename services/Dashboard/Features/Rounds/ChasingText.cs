using System.Text;
using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;

namespace PlanServices.Dashboard.Features.Rounds;

/// <summary>The message that asks a lead for what it owes, to be copied into a mail.</summary>
internal static class ChasingText
{
    public static string For(string lead, Place place, IReadOnlyCollection<OwedUpdate> owed, IReadOnlyDictionary<string, string> titles)
    {
        var late = owed.Max(o => o.DaysLate);
        var due = Words.Of(place.Period?.DueDate);
        var text = new StringBuilder();
        text.Append("To: ").AppendLine(lead.Length > 0 ? lead : "the action's officer");
        text.Append("Subject: ").Append(place.Plan?.DisplayName).Append(", ").Append(place.PeriodLabel).Append(": ")
            .Append(Words.Count(owed.Count, "update")).AppendLine(late > 0 ? " overdue" : " to come");
        text.AppendLine().AppendLine("Dear colleague,").AppendLine();
        text.Append("For the progress report of ").Append(place.PeriodLabel).Append(" we still need from you ")
            .Append(Words.Count(owed.Count, "update")).Append(due.Length == 0 ? "" : late > 0 ? $" (due {due}, {Words.Count(late, "day")} ago)" : $" by {due}").AppendLine(":");
        text.AppendLine();
        foreach (var one in owed)
        {
            text.Append("- ").Append(one.PlanAction.Ref).Append(' ').Append(titles.GetValueOrDefault(one.PlanAction.Name, "")).AppendLine(State(one));
            if (one.ReturnReason.Length > 0)
                text.Append("  To be put right: ").AppendLine(one.ReturnReason);
        }

        text.AppendLine().AppendLine("Please give the status, the direction of travel, what was done, and for red or amber the reason.");
        text.AppendLine().AppendLine("Thank you.");
        return text.ToString();
    }

    private static string State(OwedUpdate owed) => owed.State switch
    {
        ProgressUpdate.Types.State.Draft => " (a draft is there, not submitted)",
        ProgressUpdate.Types.State.Returned => " (returned)",
        _ => "",
    };
}
