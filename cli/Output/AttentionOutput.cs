using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using Spectre.Console;

namespace PlanServices.Cli.Output;

/// <summary>Prints which actions need somebody, and why.</summary>
internal static class AttentionOutput
{
    public static void Write(IAnsiConsole console, IReadOnlyList<AttentionItem> items, int leaves)
    {
        if (items.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("Score", "Ref", "Action", "Delivery leads", "Why");
            table.Columns[0].RightAligned();
            foreach (var item in items)
            {
                table.AddRow(
                    new Text($"{item.Score}"),
                    new Text(item.Ref),
                    new Text(item.Title.Length <= 50 ? item.Title : item.Title[..50] + "…"),
                    new Text(string.Join(" / ", item.DeliveryLeads.Select(l => LeadOf(item, l)))),
                    new Text(string.Join(' ', Why(item))));
            }

            console.WriteTable(table);
        }

        console.WriteLine($"{items.Count} of {leaves} actions need attention.");
    }

    private static string LeadOf(AttentionItem item, DeliveryLead lead) => lead.Successors.Count == 0
        ? lead.Text
        : $"{lead.Text} (now {string.Join(", ", lead.Successors.Select(s => item.LeadSuccessors.FirstOrDefault(n => n.Partner == s)?.DisplayName ?? s))})";

    private static IEnumerable<string> Why(AttentionItem item) => item.Reasons.SelectMany(reason => reason.Code switch
    {
        AttentionReason.Types.Code.Red when item.StatusReason.Length > 0 => [$"{reason.Message[..^1]}: {item.StatusReason}"],
        AttentionReason.Types.Code.Returned when item.ReturnReason.Length > 0 => [$"{reason.Message[..^1]}: {item.ReturnReason}"],
        AttentionReason.Types.Code.Inconsistent => item.Warnings.Where(w => w.Code != ProgressWarning.Types.Code.NarrativeUnchanged).Select(w => w.Message),
        _ => new[] { reason.Message },
    });
}
