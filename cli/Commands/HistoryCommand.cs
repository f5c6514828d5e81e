using System.CommandLine;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan history [REF]</c>: what a plan itself was, an action of it, or its update for a period.</summary>
internal static class HistoryCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var reference = new Argument<string?>("REF")
        {
            Description = "The action's ref: O2.1; otherwise the plan's own history is shown, with the texts that were removed from it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var period = new Option<string?>("--period") { Description = "The history of the update for this period; otherwise of the action itself." };
        var command = new Command("history", "Show who changed what, when and from where, newest first.") { reference, plan, period };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var name = $"plans/{result.GetValue(plan)}";
                var action = $"{name}/actions/{result.GetValue(reference)}";
                if (result.GetValue(reference) is null && result.GetValue(period) is not null)
                    throw new CommandException("--period is for the update of an action: name its REF.");

                var token = "";
                do
                {
                    if (result.GetValue(reference) is null)
                    {
                        var page = await new PlanService.PlanServiceClient(connection.Channel).ListPlanRevisionsAsync(
                            new ListPlanRevisionsRequest { Name = name, PageToken = token }, connection.Call(cancellationToken));
                        foreach (var revision in page.Revisions)
                            HistoryOutput.Write(terminal.Answer, revision);
                        token = page.NextPageToken;
                    }
                    else if (result.GetValue(period) is { } id)
                    {
                        var page = await new ProgressService.ProgressServiceClient(connection.Channel).ListProgressUpdateRevisionsAsync(
                            new ListProgressUpdateRevisionsRequest { Name = $"{action}/updates/{id}", PageToken = token }, connection.Call(cancellationToken));
                        foreach (var revision in page.Revisions)
                            HistoryOutput.Write(terminal.Answer, revision.Provenance, revision.Changes, revision.ProgressUpdate is null);
                        token = page.NextPageToken;
                    }
                    else
                    {
                        var page = await new ActionService.ActionServiceClient(connection.Channel).ListPlanActionRevisionsAsync(
                            new ListPlanActionRevisionsRequest { Name = action, PageToken = token }, connection.Call(cancellationToken));
                        foreach (var revision in page.Revisions)
                            HistoryOutput.Write(terminal.Answer, revision.Provenance, revision.Changes, revision.PlanAction is null);
                        token = page.NextPageToken;
                    }
                }
                while (token.Length > 0);
            });
        });
        return command;
    }
}
