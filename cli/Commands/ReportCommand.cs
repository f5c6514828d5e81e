using System.CommandLine;
using PlanServices.Cli.Output;
using PlanServices.Reporting.V1;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan report</c>: writes the progress report of a plan and period, as it is now, to a file.</summary>
internal static class ReportCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var (audience, marking) = (ReportOptions.Audience(), ReportOptions.Marking());
        var since = new Option<string>("--since") { Description = "The period that new text is marked against; otherwise the one before.", DefaultValueFactory = _ => "" };
        var output = PlanOptions.Output();
        var format = ReportOptions.Format(output);
        var command = new Command("report", "Write the progress report of a plan and period.") { plan, period, format.Option, audience, marking, since, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var head = await PlanHead.ReadAsync(connection, result.GetValue(plan), cancellationToken);
                var body = await terminal.WaitAsync("Making the report …", async () =>
                    await new ReportService.ReportServiceClient(connection.Channel).RenderReportAsync(
                        new RenderReportRequest
                        {
                            Name = $"{head.Name}/periods/{result.GetValue(period)}",
                            Format = format.Read<Format>(result),
                            Audience = ReportOptions.ReadAudience(result.GetValue(audience)),
                            ProtectiveMarking = ReportOptions.ReadMarking(result.GetValue(marking)),
                            BasePeriod = result.GetValue(since),
                        },
                        head.Call(cancellationToken)));
                await OutputFile.WriteAsync(result.GetValue(output)!, body.Data.Memory, terminal, cancellationToken);
            });
        });
        return command;
    }
}
