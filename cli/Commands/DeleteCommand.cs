using System.CommandLine;
using PlanServices.Actions.V1;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan delete</c>: takes away a plan that was made by mistake.</summary>
internal static class DeleteCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be deleted; store nothing." };
        var command = new Command("delete", "Delete a plan that was made by mistake, as long as it has no action, period or refresh.") { plan, dryRun };
        command.Calls(connection, terminal, channel => new PlanService.PlanServiceClient(channel), async (result, client, options) =>
        {
            var request = new DeletePlanRequest
            {
                Name = $"plans/{result.GetValue(plan)}",
                ValidateOnly = result.GetValue(dryRun),
                RequestId = Guid.CreateVersion7().ToString(),
            };
            var deleted = await client.DeletePlanAsync(request, options);
            var themes = deleted.DeletedThemes switch
            {
                0 => "",
                1 => " with its theme",
                _ => $" with its {deleted.DeletedThemes} themes",
            };
            terminal.Answer.WriteLine(
                $"{result.GetValue(plan)} {(request.ValidateOnly ? "would be" : "is")} deleted{themes} (revision {deleted.Revision}).");
        });
        return command;
    }
}
