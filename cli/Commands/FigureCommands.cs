using System.CommandLine;
using PlanServices.Cli.Output;
using PlanServices.Reporting.V1;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan grid</c> and <c>plan attention</c>: how the actions of a plan stand over the periods, and which need somebody.</summary>
internal static class FigureCommands
{
    public static Command Grid(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var periods = new Option<int>("--periods") { Description = "How many periods, 1 to 60.", DefaultValueFactory = _ => 6 };
        var period = new Option<string?>("--period") { Description = "The last period's id; the newest where none is given." };
        var audience = ReportOptions.Audience();
        var command = new Command("grid", "Show every action over the last periods, with trend and how long it is red.") { plan, periods, period, audience };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var head = await PlanHead.ReadAsync(connection, result.GetValue(plan), cancellationToken);
                var grid = await new ReportService.ReportServiceClient(connection.Channel).GetStatusGridAsync(
                    new GetStatusGridRequest
                    {
                        Parent = head.Name,
                        Periods = result.GetValue(periods),
                        LastPeriod = result.GetValue(period) ?? "",
                        Audience = ReportOptions.ReadAudience(result.GetValue(audience)),
                    },
                    head.Call(cancellationToken));
                GridOutput.Write(terminal.Answer, grid);
            });
        });
        return command;
    }

    public static Command Attention(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var period = PlanOptions.PeriodOrNewest();
        var command = new Command("attention", "List the actions that somebody has to look at, most urgent first, and why.") { plan, period };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            return await Failures.RunAsync(terminal, connection, async () =>
            {
                var head = await PlanHead.ReadAsync(connection, result.GetValue(plan), cancellationToken);
                var reports = new ReportService.ReportServiceClient(connection.Channel);
                var request = new ListAttentionItemsRequest { Parent = await head.PeriodAsync(result.GetValue(period), cancellationToken), PageSize = 1000 };
                List<AttentionItem> items = [];
                ListAttentionItemsResponse page;
                do
                {
                    page = await reports.ListAttentionItemsAsync(request, head.Call(cancellationToken));
                    items.AddRange(page.AttentionItems);
                    request.PageToken = page.NextPageToken;
                }
                while (request.PageToken.Length > 0);

                AttentionOutput.Write(terminal.Answer, items, page.TotalLeaves);
            });
        });
        return command;
    }
}
