using System.CommandLine;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using Spectre.Console;
using Client = PlanServices.Actions.V1.RefreshService.RefreshServiceClient;
using Outcome = PlanServices.Actions.V1.Decision.Types.Outcome;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan refresh</c>: proposes changes of a plan, works on them, and records what the board decided.</summary>
internal static class RefreshCommand
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default);

    public static Command Create(ConnectionOptions connection, Terminal terminal) =>
        new("refresh", "Propose changes of a plan as a board paper has them, and record what the board decided.")
        {
            List(connection, terminal),
            Show(connection, terminal),
            Propose(connection, terminal),
            Change(connection, terminal),
            Decide(connection, terminal),
            Withdraw(connection, terminal),
        };

    private static Command List(ConnectionOptions connection, Terminal terminal)
    {
        var plan = PlanOptions.Plan();
        var command = new Command("list", "List a plan's refreshes, newest first.") { plan };
        command.Calls(connection, terminal, NewClient, async (result, client, options) =>
        {
            List<PlanRefresh> refreshes = [];
            var request = new ListPlanRefreshesRequest { Parent = $"plans/{result.GetValue(plan)}", PageSize = 1000 };
            do
            {
                var page = await client.ListPlanRefreshesAsync(request, options);
                refreshes.AddRange(page.PlanRefreshes);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);

            RefreshOutput.Write(terminal.Answer, refreshes);
        });
        return command;
    }

    private static Command Show(ConnectionOptions connection, Terminal terminal)
    {
        var (id, plan) = (Id(), PlanOptions.Plan());
        var json = new Option<bool>("--json") { Description = "As JSON, which 'change' takes." };
        var command = new Command("show", "Show a refresh with its items and decisions.") { id, plan, json };
        command.Calls(connection, terminal, NewClient, async (result, client, options) =>
        {
            var refresh = await client.GetPlanRefreshAsync(new GetPlanRefreshRequest { Name = Name(result, plan, id) }, options);
            if (result.GetValue(json))
                terminal.Answer.WriteLine(new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation()).Format(refresh));
            else
                RefreshOutput.Write(terminal.Answer, refresh);
        });
        return command;
    }

    private static Command Propose(ConnectionOptions connection, Terminal terminal)
    {
        var (id, plan, file, dryRun) = (Id(), PlanOptions.Plan(), File(), DryRun());
        var command = new Command("propose", "Propose a refresh; each item is tried against the plan as it is.") { id, plan, file, dryRun };
        command.Calls(connection, terminal, NewClient, async (result, client, options) =>
        {
            var made = await client.CreatePlanRefreshAsync(
                new CreatePlanRefreshRequest
                {
                    Parent = $"plans/{result.GetValue(plan)}",
                    PlanRefreshId = result.GetValue(id),
                    PlanRefresh = await ReadAsync(result.GetValue(file)!, options.CancellationToken),
                    ValidateOnly = result.GetValue(dryRun),
                    RequestId = NewRequestId(),
                },
                options);
            Write(terminal, made, result.GetValue(dryRun));
        });
        return command;
    }

    private static Command Change(ConnectionOptions connection, Terminal terminal)
    {
        var (id, plan, file, etag, dryRun) = (Id(), PlanOptions.Plan(), File(), PlanOptions.Etag(), DryRun());
        var command = new Command("change", "Replace what a refresh proposes, until a board has decided.") { id, plan, file, etag, dryRun };
        command.Calls(connection, terminal, NewClient, async (result, client, options) =>
        {
            var refresh = await ReadAsync(result.GetValue(file)!, options.CancellationToken);
            refresh.Name = Name(result, plan, id);
            // A file that 'show --json' wrote says which refresh it was made of.
            refresh.Etag = result.GetValue(etag) ?? refresh.Etag;
            var changed = await client.UpdatePlanRefreshAsync(
                new UpdatePlanRefreshRequest
                {
                    PlanRefresh = refresh,
                    UpdateMask = new FieldMask { Paths = { "*" } },
                    ValidateOnly = result.GetValue(dryRun),
                    RequestId = NewRequestId(),
                },
                options);
            Write(terminal, changed, result.GetValue(dryRun));
        });
        return command;
    }

    private static Command Decide(ConnectionOptions connection, Terminal terminal)
    {
        var (id, plan, etag, dryRun) = (Id(), PlanOptions.Plan(), PlanOptions.Etag(), DryRun());
        var outcome = new Option<string>("--outcome") { Description = "What the board decided; endorsed makes all changes at once.", Required = true };
        outcome.AcceptOnlyFromAmong("noted", "endorsed", "deferred", "rejected");
        var meeting = new Option<string?>("--meeting") { Description = "The meeting that decided." };
        var meetingDate = PlanOptions.Day("--meeting-date", "The day of the meeting");
        var minute = new Option<string?>("--minute") { Description = "Where the minutes have it." };
        var note = new Option<string?>("--note") { Description = "Why, or on what condition; it stays in the history." };
        var command = new Command("decide", "Record what the board decided.") { id, plan, outcome, meeting, meetingDate, minute, note, etag, dryRun };
        command.Calls(connection, terminal, NewClient, async (result, client, options) =>
        {
            var decided = await client.RecordDecisionAsync(
                new RecordDecisionRequest
                {
                    Name = Name(result, plan, id),
                    Decision = new Decision
                    {
                        Outcome = System.Enum.Parse<Outcome>(result.GetValue(outcome)!, ignoreCase: true),
                        Meeting = PlanOptions.ReadMeeting(result, meeting, meetingDate),
                        Minute = result.GetValue(minute) ?? "",
                        Note = result.GetValue(note) ?? "",
                    },
                    Etag = result.GetValue(etag) ?? "",
                    ValidateOnly = result.GetValue(dryRun),
                    RequestId = NewRequestId(),
                },
                options);
            Write(terminal, decided, result.GetValue(dryRun));
        });
        return command;
    }

    private static Command Withdraw(ConnectionOptions connection, Terminal terminal)
    {
        var (id, plan, etag) = (Id(), PlanOptions.Plan(), PlanOptions.Etag());
        var reason = new Option<string>("--reason") { Description = "Why; it stays in the history.", Required = true };
        var command = new Command("withdraw", "Withdraw a refresh before a board decides.") { id, plan, reason, etag };
        command.Calls(connection, terminal, NewClient, async (result, client, options) => Write(
            terminal,
            await client.WithdrawPlanRefreshAsync(
                new WithdrawPlanRefreshRequest
                {
                    Name = Name(result, plan, id),
                    Reason = result.GetValue(reason),
                    Etag = result.GetValue(etag) ?? "",
                    RequestId = NewRequestId(),
                },
                options),
            dryRun: false));
        return command;
    }

    private static void Write(Terminal terminal, PlanRefresh refresh, bool dryRun)
    {
        RefreshOutput.Write(terminal.Answer, refresh);
        if (dryRun)
            terminal.Answer.WriteLine("A dry run: nothing was stored.");
    }

    private static async Task<PlanRefresh> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return Json.Parse<PlanRefresh>(await System.IO.File.ReadAllTextAsync(file, cancellationToken));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new CommandException($"{Path.GetFileName(file)} is no refresh: {e.Message}");
        }
    }

    private static Argument<string> Id() => new("ID") { Description = "The refresh's id: december-2014." };

    private static Option<string> File() => new("--file", "-f")
    {
        Description = "The refresh as JSON: displayName, paper, recommendation, and items as the contract has them.",
        Required = true,
    };

    private static Option<bool> DryRun() => new("--dry-run") { Description = "Say what it would be; store nothing." };

    private static string Name(ParseResult result, Option<string> plan, Argument<string> id) => $"plans/{result.GetValue(plan)}/refreshes/{result.GetValue(id)}";

    private static string NewRequestId() => Guid.CreateVersion7().ToString();

    private static Client NewClient(ChannelBase channel) => new(channel);
}
