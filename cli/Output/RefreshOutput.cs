using Google.Protobuf;
using PlanServices.Actions.V1;
using Spectre.Console;
using static PlanServices.Cli.Output.ShortForms;
using Case = PlanServices.Actions.V1.RefreshItem.ChangeOneofCase;

namespace PlanServices.Cli.Output;

/// <summary>Says what a refresh proposes, and what became of it.</summary>
internal static class RefreshOutput
{
    public static void Write(IAnsiConsole console, IReadOnlyList<PlanRefresh> refreshes)
    {
        if (refreshes.Count == 0)
        {
            console.WriteLine("The plan has no refresh.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Refresh", "Name", "State", "Items", "Paper", "Of");
        foreach (var refresh in refreshes)
        {
            table.AddRow(new[]
            {
                Id(refresh.Name), refresh.DisplayName, State(refresh), $"{refresh.Items.Count}", refresh.Paper?.Reference ?? "", Day(refresh.Paper?.Date),
            }.Select(c => new Text(c)).ToArray());
        }

        console.WriteTable(table);
    }

    public static void Write(IAnsiConsole console, PlanRefresh refresh)
    {
        console.WriteLine($"{refresh.DisplayName} ({Id(refresh.Name)}) is {State(refresh)} (etag {refresh.Etag}).");
        if (refresh.Paper is { } paper)
            console.WriteLine($"Paper: {string.Join(", ", new[] { paper.Reference, paper.Title, paper.Author, Day(paper.Date), paper.Uri }.Where(t => t.Length > 0))}");
        if (refresh.Recommendation.Length > 0)
            console.WriteLine($"It recommends: {refresh.Recommendation}");
        foreach (var (i, item) in refresh.Items.Index())
            console.WriteLine($"    {i + 1}. {Words(item)}{(item.Reason.Length > 0 ? $" ({item.Reason})" : "")}");
        foreach (var decision in refresh.Decisions)
        {
            var where = string.Join(", ", new[] { decision.Meeting?.DisplayName ?? "", Day(decision.Meeting?.Date), decision.Minute }.Where(t => t.Length > 0));
            console.WriteLine(
                $"The board {decision.Outcome.ToString().ToLowerInvariant()} it{(where.Length > 0 ? $" ({where})" : "")}{(decision.Note.Length > 0 ? $": {decision.Note}" : ".")}");
        }

        if (refresh.WithdrawReason.Length > 0)
            console.WriteLine($"It was withdrawn: {refresh.WithdrawReason}");
    }

    private static string Words(RefreshItem item) => item.ChangeCase switch
    {
        Case.AddSection => $"add section {item.AddSection.Section?.Id} to {Id(item.AddSection.Theme)}: {item.AddSection.Section?.DisplayName}",
        Case.ChangeSection => $"change section {Id(item.ChangeSection.Section)}",
        Case.MoveSection => $"move section {Id(item.MoveSection.Section)} to {Id(item.MoveSection.Theme)}",
        Case.RetireSection => $"retire section {Id(item.RetireSection.Section)}",
        Case.AddAction => $"add action {item.AddAction.Ref} to {Id(item.AddAction.Theme)}: {item.AddAction.Title}",
        Case.ChangeAction => $"change action {Id(item.ChangeAction.PlanAction)}: {item.ChangeAction.Title}",
        Case.MoveAction => $"move action {Id(item.MoveAction.PlanAction)} to {Id(item.MoveAction.Theme)}{(item.MoveAction.Ref.Length > 0 ? $" as {item.MoveAction.Ref}" : "")}",
        Case.RetireAction => $"retire action {Id(item.RetireAction.PlanAction)}",
        Case.AddPledge => $"add pledge {item.AddPledge.Pledge?.Id} to {Id(item.AddPledge.Theme)}: {item.AddPledge.Pledge?.DisplayName}",
        Case.RetainPledge => $"retain pledge {item.RetainPledge.Pledge} of {Id(item.RetainPledge.Theme)}",
        Case.WithdrawPledge => $"withdraw pledge {item.WithdrawPledge.Pledge} of {Id(item.WithdrawPledge.Theme)}",
        Case.RemoveOutcome => $"remove outcome {item.RemoveOutcome.Outcome} of {Id(item.RemoveOutcome.Theme)}",
        Case.AddMeasure => $"add measure {item.AddMeasure.Measure?.Id} to {Id(item.AddMeasure.Theme)}",
        _ => $"a change that this version does not know: {JsonFormatter.ToDiagnosticString(item)}",
    };

    private static string State(PlanRefresh refresh) => refresh.State.ToString().ToLowerInvariant();
}
