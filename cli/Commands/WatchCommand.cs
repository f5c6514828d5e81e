using System.CommandLine;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Cli.Output;
using Spectre.Console;

namespace PlanServices.Cli.Commands;

/// <summary><c>plan watch</c>: each change of a plan as it comes, through every loss of the connection.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public static Command Create(ConnectionOptions connectionOptions, Terminal terminal)
    {
        var plan = new Option<string?>("--plan") { Description = "The plan's id; otherwise all plans." };
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var resume = new Option<string>("--resume") { Description = "The token to go on from; what was missed comes first.", DefaultValueFactory = _ => "" };
        var command = new Command("watch", "Show each change as it comes, until interrupted.") { plan, json, resume };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var connection = connectionOptions.Open(result);
            var token = result.GetValue(resume)!;
            var code = await Failures.RunAsync(terminal, connection, async () =>
            {
                var pause = TimeSpan.FromMilliseconds(500);
                while (true)
                {
                    try
                    {
                        await WatchAsync(connection, $"plans/{result.GetValue(plan) ?? "-"}", token, message =>
                        {
                            pause = TimeSpan.FromMilliseconds(500);
                            token = message.ResumeToken.Length > 0 ? message.ResumeToken : token;
                            Write(terminal, message, result.GetValue(json));
                        }, cancellationToken);
                    }
                    // What was never reached is not waited for.
                    catch (RpcException e) when (token.Length > 0 && e.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted)
                    {
                        token = e.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Metadata.GetValueOrDefault("resume_token") is { Length: > 0 } newer ? newer : token;
                        terminal.Aside.WriteLine($"plan: the connection was lost; going on in {pause.TotalSeconds} s.");
                        await Task.Delay(pause, cancellationToken);
                        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                    }
                }
            });
            if (code != Failures.Interrupted)
                return code;

            terminal.Aside.WriteLine($"plan: --resume {token} goes on from here.");
            return 0;
        });
        return command;
    }

    private static async Task WatchAsync(
        Connection connection, string parent, string token, Action<WatchChangesResponse> message, CancellationToken cancellationToken)
    {
        using var watch = new ActionService.ActionServiceClient(connection.Channel).WatchChanges(
            new WatchChangesRequest { Parent = parent, ResumeToken = token }, cancellationToken: cancellationToken);
        while (await watch.ResponseStream.MoveNext(cancellationToken))
            message(watch.ResponseStream.Current);
    }

    private static void Write(Terminal terminal, WatchChangesResponse message, bool json)
    {
        if (json)
        {
            terminal.Answer.WriteLine(JsonFormatter.Default.Format(message));
            return;
        }

        if (message.Kind == WatchChangesResponse.Types.Kind.Snapshot && message.Reset)
            terminal.Answer.WriteLine($"{message.Plan} is at revision {message.Revision}.");
        if (message.Kind != WatchChangesResponse.Types.Kind.Changes)
            return;

        foreach (var change in message.Changes)
            terminal.Answer.WriteLine($"{change.Revision}  {change.ChangeTime.ToDateTime():HH:mm:ss}  {change.Caller}{HistoryOutput.Source(change.Source)}  {What(change)}");
    }

    private static string What(Change change) => change.ResourceCase switch
    {
        Change.ResourceOneofCase.Plan => change.Plan.Name,
        Change.ResourceOneofCase.Theme => change.Theme.Name,
        Change.ResourceOneofCase.Period => $"{change.Period.Name}  {change.Period.State}",
        Change.ResourceOneofCase.PlanAction => $"{change.PlanAction.Name}  {change.PlanAction.State}",
        Change.ResourceOneofCase.ProgressUpdate => $"{change.ProgressUpdate.Name}  {change.ProgressUpdate.State}  {change.ProgressUpdate.Status}",
        Change.ResourceOneofCase.PlanRefresh => $"{change.PlanRefresh.Name}  {change.PlanRefresh.State}",
        Change.ResourceOneofCase.Deleted => $"{change.Deleted}  removed",
        Change.ResourceOneofCase.Expunged => "a text was expunged",
        _ => "something that this program does not know",
    };
}
