using System.CommandLine;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan submit</c>, <c>plan return</c> and <c>plan approve</c>: the workflow of updates, for one or several at once.</summary>
internal static class MoveCommands
{
    private delegate AsyncUnaryCall<ProgressUpdate> Move(ProgressService.ProgressServiceClient client, string name, CallOptions options);

    public static Command Submit(ConnectionOptions connectionOptions, Terminal terminal) => Create(
        "submit", "Send updates in.", connectionOptions, terminal, null, _ => (client, name, options) => client.SubmitProgressUpdateAsync(
            new SubmitProgressUpdateRequest { Name = name, RequestId = Guid.CreateVersion7().ToString() }, options));

    public static Command Approve(ConnectionOptions connectionOptions, Terminal terminal) => Create(
        "approve", "Accept submitted updates.", connectionOptions, terminal, null, _ => (client, name, options) => client.ApproveProgressUpdateAsync(
            new ApproveProgressUpdateRequest { Name = name, RequestId = Guid.CreateVersion7().ToString() }, options));

    public static Command Return(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var reason = new Option<string>("--reason") { Description = "Why; the lead reads it, and it stays in the history.", Required = true };
        return Create("return", "Send updates back to their leads.", connectionOptions, terminal, reason, result => (client, name, options) =>
            client.ReturnProgressUpdateAsync(
                new ReturnProgressUpdateRequest { Name = name, Reason = result.GetValue(reason), RequestId = Guid.CreateVersion7().ToString() }, options));
    }

    private static Command Create(
        string name, string description, ConnectionOptions connectionOptions, Terminal terminal, Option? more, Func<ParseResult, Move> moveOf)
    {
        var (refs, plan, period) = (PlanOptions.Refs(), PlanOptions.Plan(), PlanOptions.Period());
        var command = new Command(name, description) { refs, plan, period };
        if (more is not null)
            command.Add(more);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            var failed = 0;
            var code = await Failures.RunAsync(terminal, connection, async () =>
            {
                var client = new ProgressService.ProgressServiceClient(connection.Channel);
                foreach (var reference in result.GetValue(refs)!)
                {
                    var update = PlanOptions.UpdateName(result.GetValue(plan), reference, result.GetValue(period));
                    try
                    {
                        UpdateOutput.Write(terminal.Answer, await moveOf(result)(client, update, connection.Call(cancellationToken)));
                    }
                    catch (RpcException e) when (e.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound or StatusCode.Aborted)
                    {
                        // The others go on.
                        failed++;
                        terminal.Aside.WriteLine($"plan: {Failures.Sentence(e, connection.Address)}");
                    }
                }
            });
            return failed > 0 ? Failures.Failed : code;
        });
        return command;
    }
}
