using System.CommandLine;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan open</c>, <c>plan lock</c>, <c>plan reopen</c> and <c>plan owed</c>: the life of a period.</summary>
internal static class RoundCommands
{
    public static Command Open(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var opens = PlanOptions.Day("--opens", "The day on which leads are asked");
        var due = PlanOptions.Day("--due", "The last day on which an update is in time");
        var meeting = new Option<string?>("--meeting") { Description = "The meeting that the report goes to." };
        var meetingDate = PlanOptions.Day("--meeting-date", "The day of the meeting");
        var nothing = new Option<bool>("--no-carry-over") { Description = "Begin without drafts of what was last reported." };
        var command = new Command("open", "Open a period; what each action last reported is carried over as a draft.")
        {
            plan, period, opens, due, meeting, meetingDate, nothing,
        };
        command.SetAction((result, cancellationToken) => RunAsync(connectionOptions, terminal, result, async connection =>
        {
            var made = await new PlanService.PlanServiceClient(connection.Channel).CreatePeriodAsync(
                new CreatePeriodRequest
                {
                    Parent = $"plans/{result.GetValue(plan)}",
                    PeriodId = result.GetValue(period),
                    NoCarryOver = result.GetValue(nothing),
                    Period = new Period
                    {
                        OpenDate = PlanOptions.ReadDay(result, opens),
                        DueDate = PlanOptions.ReadDay(result, due),
                        Meeting = PlanOptions.ReadMeeting(result, meeting, meetingDate),
                    },
                    RequestId = Guid.CreateVersion7().ToString(),
                },
                connection.Call(cancellationToken));
            PeriodOutput.Write(terminal.Answer, made);
        }));
        return command;
    }

    public static Command Lock(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var command = new Command("lock", "Lock a period: nothing in it can be written until it is reopened.") { plan, period };
        command.SetAction((result, cancellationToken) => RunAsync(connectionOptions, terminal, result, async connection =>
        {
            var locked = await new PlanService.PlanServiceClient(connection.Channel).LockPeriodAsync(
                new LockPeriodRequest { Name = $"plans/{result.GetValue(plan)}/periods/{result.GetValue(period)}", RequestId = Guid.CreateVersion7().ToString() },
                connection.Call(cancellationToken));
            PeriodOutput.Write(terminal.Answer, locked);
        }));
        return command;
    }

    public static Command Reopen(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var reason = new Option<string>("--reason") { Description = "Why; it stays in the history.", Required = true };
        var command = new Command("reopen", "Open a locked period again.") { plan, period, reason };
        command.SetAction((result, cancellationToken) => RunAsync(connectionOptions, terminal, result, async connection =>
        {
            var reopened = await new PlanService.PlanServiceClient(connection.Channel).ReopenPeriodAsync(
                new ReopenPeriodRequest
                {
                    Name = $"plans/{result.GetValue(plan)}/periods/{result.GetValue(period)}",
                    Reason = result.GetValue(reason),
                    RequestId = Guid.CreateVersion7().ToString(),
                },
                connection.Call(cancellationToken));
            PeriodOutput.Write(terminal.Answer, reopened);
        }));
        return command;
    }

    public static Command Owed(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var partner = new Option<string?>("--partner") { Description = "Only the actions that this partner delivers, by its id." };
        var command = new Command("owed", "List the actions that still owe an update, and how late they are.") { plan, period, partner };
        command.SetAction((result, cancellationToken) => RunAsync(connectionOptions, terminal, result, async connection =>
        {
            var client = new ProgressService.ProgressServiceClient(connection.Channel);
            var request = new ListOwedUpdatesRequest
            {
                Parent = $"plans/{result.GetValue(plan)}/periods/{result.GetValue(period)}",
                PageSize = 1000,
                Partner = result.GetValue(partner) is { } id ? $"partners/{id}" : "",
            };
            ListOwedUpdatesResponse? all = null;
            do
            {
                var page = await client.ListOwedUpdatesAsync(request, connection.Call(cancellationToken));
                if (all is null)
                    all = page;
                else
                    all.OwedUpdates.AddRange(page.OwedUpdates);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);

            PeriodOutput.WriteOwed(terminal.Answer, all);
        }));
        return command;
    }

    private static async Task<int> RunAsync(ConnectionOptions options, Terminal terminal, ParseResult result, Func<Connection, Task> command)
    {
        using var connection = options.Open(result);
        return await Failures.RunAsync(terminal, connection, () => command(connection));
    }
}
