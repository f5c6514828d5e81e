using System.CommandLine;
using PlanServices.Actions.V1;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan undo</c>: undoes an import as one step.</summary>
internal static class UndoCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var revision = new Option<long>("--revision") { Description = "The revision that the import made.", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be undone; store nothing." };
        var command = new Command("undo", "Undo an import, as long as nothing was built on it.") { plan, revision, dryRun };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var undone = await new GridService.GridServiceClient(connection.Channel).UndoImportAsync(
                    new UndoImportRequest
                    {
                        Parent = $"plans/{result.GetValue(plan)}",
                        Revision = result.GetValue(revision),
                        ValidateOnly = result.GetValue(dryRun),
                        RequestId = Guid.CreateVersion7().ToString(),
                    },
                    connection.Call(cancellationToken));
                terminal.Answer.WriteLine(
                    $"{(result.GetValue(dryRun) ? "It would remove" : "Removed")} {undone.TotalRemoved} and {(result.GetValue(dryRun) ? "restore" : "restored")} {undone.TotalRestored} of what the import wrote (revision {undone.Revision}).");
            });
        });
        return command;
    }
}
