using System.CommandLine;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using PlanServices.Reporting.V1;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan expunge</c>: removes a text from a plan and its history, and says which published reports hold it.</summary>
internal static class ExpungeCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var reason = new Option<string>("--reason") { Description = "Why, without the text itself; it stays in the history.", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say where the text stands; remove nothing." };
        var command = new Command(
            "expunge", "Remove a text, such as a victim's name, from a plan and its history; it is asked for, or read from standard input.") { plan, reason, dryRun };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var text = await terminal.AskAsync("Text to remove", hidden: false, cancellationToken) ?? throw new CommandException("No text was given.");
                var request = new ExpungeRequest
                {
                    Name = $"plans/{result.GetValue(plan)}",
                    Text = text,
                    Reason = result.GetValue(reason),
                    ValidateOnly = result.GetValue(dryRun),
                    RequestId = Guid.CreateVersion7().ToString(),
                };
                try
                {
                    await RunAsync(request, connection, terminal, cancellationToken);
                }
                catch (RpcException e) when (!request.ValidateOnly && e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal)
                {
                    terminal.Aside.WriteLine("It may be done in part: run the command again until it does not fail.");
                    throw;
                }
            });
        });
        return command;
    }

    private static async Task RunAsync(ExpungeRequest request, Connection connection, Terminal terminal, CancellationToken cancellationToken)
    {
        var expunged = await terminal.WaitAsync("Removing …", async () =>
            await new PlanService.PlanServiceClient(connection.Channel).ExpungeAsync(request, connection.Call(cancellationToken)));
        ExpungeOutput.Write(terminal.Answer, expunged, request.ValidateOnly);

        // A trial makes no revision that the reports could have reached.
        IReadOnlyCollection<Report> holding = [];
        try
        {
            holding = (await new ReportService.ReportServiceClient(connection.Channel).SearchReportsAsync(
                new SearchReportsRequest { Parent = request.Name, Text = request.Text },
                connection.Call(cancellationToken, request.ValidateOnly ? 0 : expunged.Revision))).Reports;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // The plan was deleted, which none is of which a report was published.
        }

        ExpungeOutput.Write(terminal.Answer, holding);
    }
}
