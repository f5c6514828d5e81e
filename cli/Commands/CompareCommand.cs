using System.CommandLine;
using PlanServices.Cli.Output;
using PlanServices.Reporting.V1;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan compare</c>: what a period reports that the one before did not.</summary>
internal static class CompareCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, period, audience) = (PlanOptions.Plan(), PlanOptions.PeriodOrNewest(), ReportOptions.Audience());
        var since = new Option<string>("--since") { Description = "The period to compare with; otherwise the one before.", DefaultValueFactory = _ => "" };
        var command = new Command("compare", "Show what is new since the report before, word by word.") { plan, period, since, audience };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var head = await PlanHead.ReadAsync(connection, result.GetValue(plan), cancellationToken);
                var comparison = await new ReportService.ReportServiceClient(connection.Channel).ComparePeriodsAsync(
                    new ComparePeriodsRequest
                    {
                        Name = await head.PeriodAsync(result.GetValue(period), cancellationToken),
                        BasePeriod = result.GetValue(since),
                        Audience = ReportOptions.ReadAudience(result.GetValue(audience)),
                    },
                    head.Call(cancellationToken));
                ComparisonOutput.Write(terminal.Answer, comparison);
            });
        });
        return command;
    }
}
