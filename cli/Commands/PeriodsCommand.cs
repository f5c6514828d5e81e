using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using Client = PlanServices.Actions.V1.PlanService.PlanServiceClient;
using Date = Google.Type.Date;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan periods</c>: a plan's periods, their dates, and those that were opened by mistake.</summary>
internal static class PeriodsCommand
{
    public static Command Create(ConnectionOptions connection, Terminal terminal) => new("periods", "A plan's periods and their dates.")
    {
        List(connection, terminal), Set(connection, terminal), Delete(connection, terminal),
    };

    private static Command List(ConnectionOptions connection, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var command = new Command("list", "List a plan's periods with their dates, newest first.") { plan };
        command.Calls(connection, terminal, NewClient, async (result, client, options) =>
        {
            List<Period> periods = [];
            var request = new ListPeriodsRequest { Parent = $"plans/{result.GetValue(plan)}", PageSize = 1000 };
            do
            {
                var page = await client.ListPeriodsAsync(request, options);
                periods.AddRange(page.Periods);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);

            PeriodOutput.Write(terminal.Answer, periods);
        });
        return command;
    }

    private static Command Set(ConnectionOptions connection, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var asAt = PlanOptions.Day("--as-at", "The day in the period's month that it reports on ('' for the last)");
        var opens = PlanOptions.Day("--opens", "The day on which leads are asked");
        var due = PlanOptions.Day("--due", "The last day on which an update is in time");
        var meetingName = new Option<string?>("--meeting") { Description = "The meeting that the report goes to." };
        var meetingDate = PlanOptions.Day("--meeting-date", "The day of the meeting");
        var command = new Command("set", "Change an open period's dates and meeting; what is not given stays, and '' takes away what stands there.")
        {
            plan, period, asAt, opens, due, meetingName, meetingDate,
        };
        command.Calls(connection, terminal, NewClient, async (result, client, options) =>
        {
            // The meeting is changed as a whole: what is not given of it is as it was read, and the etag says that it still is.
            var changed = await client.GetPeriodAsync(new GetPeriodRequest { Name = NameOf(result, plan, period) }, options);
            var meeting = changed.Meeting ?? new Meeting();
            HashSet<string> fields = [];
            SetDay("as_at_date", asAt, day => changed.AsAtDate = day);
            SetDay("open_date", opens, day => changed.OpenDate = day);
            SetDay("due_date", due, day => changed.DueDate = day);
            SetDay("meeting", meetingDate, day => meeting.Date = day);
            if (result.GetValue(meetingName) is { } name)
            {
                meeting.DisplayName = name;
                fields.Add("meeting");
            }

            if (fields.Count == 0)
                throw new CommandException("There is nothing to change: give --due, --opens or another date, or --meeting.");

            changed.Meeting = meeting;
            PeriodOutput.Write(terminal.Answer, await client.UpdatePeriodAsync(
                new UpdatePeriodRequest { Period = changed, UpdateMask = new FieldMask { Paths = { fields } }, RequestId = Guid.CreateVersion7().ToString() },
                options));

            void SetDay(string field, Option<string?> option, Action<Date?> write)
            {
                if (result.GetValue(option) is not { } text)
                    return;

                write(text.Length == 0 ? null : PlanOptions.ReadDay(result, option));
                fields.Add(field);
            }
        });
        return command;
    }

    private static Command Delete(ConnectionOptions connection, Terminal terminal)
    {
        var (plan, period) = (PlanOptions.Plan(), PlanOptions.Period());
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be deleted; store nothing." };
        var command = new Command("delete", "Delete a period that was opened by mistake, as long as nobody wrote in it and it was never locked.")
        {
            plan, period, dryRun,
        };
        command.Calls(connection, terminal, NewClient, async (result, client, options) =>
        {
            var request = new DeletePeriodRequest
            {
                Name = NameOf(result, plan, period),
                ValidateOnly = result.GetValue(dryRun),
                RequestId = Guid.CreateVersion7().ToString(),
            };
            PeriodOutput.Write(terminal.Answer, request, await client.DeletePeriodAsync(request, options));
        });
        return command;
    }

    private static string NameOf(ParseResult result, Option<string> plan, Option<string> period) =>
        $"plans/{result.GetValue(plan)}/periods/{result.GetValue(period)}";

    private static Client NewClient(ChannelBase channel) => new(channel);
}
