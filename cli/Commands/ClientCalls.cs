using System.CommandLine;
using Grpc.Core;

namespace PlanServices.Cli.Commands;

/// <summary>Commands whose work is calls of one service.</summary>
internal static class ClientCalls
{
    /// <summary>Has a command connect, and do this with a client; a failure is told as all others are.</summary>
    public static void Calls<TClient>(
        this Command command,
        ConnectionOptions connection,
        Terminal terminal,
        Func<ChannelBase, TClient> client,
        Func<ParseResult, TClient, CallOptions, Task> act) => command.SetAction(async (result, cancellationToken) =>
        {
            using var open = connection.Open(result);
            return await Failures.RunAsync(terminal, open, () => act(result, client(open.Channel), open.Call(cancellationToken)));
        });
}
