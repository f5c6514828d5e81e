using System.CommandLine;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan history REF</c>: what an action, or its update for a period, was.</summary>
internal static class HistoryCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (reference, plan) = (PlanOptions.Ref(), PlanOptions.Plan());
        var period = new Option<string?>("--period") { Description = "The history of the update for this period; otherwise of the action itself." };
        var command = new Command("history", "Show who changed what, when and from where, newest first.") { reference, plan, period };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var action = $"plans/{result.GetValue(plan)}/actions/{result.GetValue(reference)}";
                var token = "";
                do
                {
                    if (result.GetValue(period) is { } id)
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
