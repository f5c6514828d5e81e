using System.CommandLine;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using PlanServices.Reporting.V1;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan status</c>: the plans there are, or how one of them stands.</summary>
internal static class StatusCommand
{
    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = new Option<string?>("--plan") { Description = "The plan's id; otherwise all plans are listed." };
        var period = new Option<string?>("--period") { Description = "The period's id; otherwise the newest." };

        var command = new Command("status", "List the plans, or show how a plan stands in a period.") { plan, period };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var plans = new PlanService.PlanServiceClient(connection.Channel);
                if (result.GetValue(plan) is not { } id)
                {
                    var all = await ListAsync(plans, connection, cancellationToken);
                    StatusOutput.WritePlans(terminal.Answer, connection.Address, all);
                    return;
                }

                var head = await PlanHead.ReadAsync(connection, id, cancellationToken);
                var summary = await new ReportService.ReportServiceClient(connection.Channel).GetStatusSummaryAsync(
                    new GetStatusSummaryRequest { Name = $"{await head.PeriodAsync(result.GetValue(period), cancellationToken)}/summary" }, head.Call(cancellationToken));
                StatusOutput.WriteSummary(terminal.Answer, head.Plan, summary);
            });
        });
        return command;
    }

    private static async Task<List<(Plan Plan, string Newest)>> ListAsync(
        PlanService.PlanServiceClient plans, Connection connection, CancellationToken cancellationToken)
    {
        List<(Plan, string)> all = [];
        var request = new ListPlansRequest { PageSize = 1000 };
        do
        {
            var page = await plans.ListPlansAsync(request, connection.Call(cancellationToken));
            foreach (var plan in page.Plans)
            {
                var periods = await plans.ListPeriodsAsync(
                    new ListPeriodsRequest { Parent = plan.Name, PageSize = 1 }, connection.Call(cancellationToken));
                all.Add((plan, periods.Periods.FirstOrDefault()?.DisplayName ?? ""));
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return all;
    }
}
