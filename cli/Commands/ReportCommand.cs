using System.CommandLine;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using PlanServices.Reporting.V1;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan report</c>: writes the progress report of a plan and period to a file.</summary>
internal static class ReportCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = new Option<string>("--plan") { Description = "The plan's id: cambridgeshire-2017.", Required = true };
        var period = new Option<string>("--period") { Description = "The period's id, year and month: 2018-10.", Required = true };
        var format = new Option<string>("--format") { Description = "What to write.", DefaultValueFactory = _ => "html" };
        format.AcceptOnlyFromAmong("html", "csv", "json");
        var output = new Option<string>("--output", "-o") { Description = "The file to write; - is standard output.", Required = true };

        var command = new Command("report", "Write the progress report of a plan and period.") { plan, period, format, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var name = $"plans/{result.GetValue(plan)}";
                var body = await terminal.WaitAsync("Making the report …", async () =>
                {
                    // Reporting follows the catalogue: ask for nothing older than what the catalogue has now.
                    var head = await new PlanService.PlanServiceClient(connection.Channel).GetPlanAsync(
                        new GetPlanRequest { Name = name }, connection.Call(cancellationToken));
                    return await new ReportService.ReportServiceClient(connection.Channel).RenderReportAsync(
                        new RenderReportRequest
                        {
                            Name = $"{name}/periods/{result.GetValue(period)}",
                            Format = Enum.Parse<Format>(result.GetValue(format)!, ignoreCase: true),
                        },
                        connection.Call(cancellationToken, head.HeadRevision));
                });
                await OutputFile.WriteAsync(result.GetValue(output)!, body.Data.Memory, terminal, cancellationToken);
            });
        });
        return command;
    }
}
