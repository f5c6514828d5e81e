using Google.Rpc;
using Grpc.Core;
using Spectre.Console;

namespace PlanServices.Cli;

/// <summary>Runs a command and says in one sentence why it failed.</summary>
internal static class Failures
{
    public const int Failed = 1;
    public const int Interrupted = 130;

    /// <summary>0 where the command was carried out; otherwise the sentence is on standard error.</summary>
    public static async Task<int> RunAsync(Terminal terminal, Connection connection, Func<Task> command)
    {
        try
        {
            return await RunAsync(terminal, command);
        }
        catch (RpcException e)
        {
            return e.StatusCode == StatusCode.Cancelled ? Interrupted : Say(terminal, Sentence(e, connection.Address));
        }
    }

    /// <summary>The same for a command that calls no service.</summary>
    public static async Task<int> RunAsync(Terminal terminal, Func<Task> command)
    {
        try
        {
            await command();
            return 0;
        }
        catch (CommandException e)
        {
            return Say(terminal, e.Message);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Say(terminal, e.Message);
        }
    }

    /// <summary>One sentence for a failed call.</summary>
    public static string Sentence(RpcException failure, Uri address)
    {
        var status = failure.GetRpcStatus();
        if (status is null && failure.StatusCode == StatusCode.Unavailable)
            return $"No PlanServices answers at {address}. Start it with 'dotnet run --project services/Standalone', or name another with --address.";
        if (status is null && failure.StatusCode == StatusCode.Internal && failure.Status.DebugException is HttpRequestException { HttpRequestError: not HttpRequestError.SecureConnectionError })
            return NoGrpc(address);
        if (failure.StatusCode == StatusCode.DeadlineExceeded)
            return $"PlanServices at {address} did not answer in time; --timeout gives it longer.";

        var fields = status?.GetDetail<BadRequest>()?.FieldViolations ?? [];
        return fields.Count > 0
            ? string.Join(" ", fields.Select(f => $"{f.Field}: {f.Description}"))
            : status?.Message is { Length: > 0 } message ? message : failure.Status.Detail;
    }

    /// <summary>For an address that is another's, or the services' own port of pages and JSON.</summary>
    public static string NoGrpc(Uri address) =>
        $"What answers at {address} speaks no gRPC. PlanServices has a port for it, 5081 unless it was moved; name it with --address.";

    private static int Say(Terminal terminal, string sentence)
    {
        terminal.Aside.WriteLine($"plan: {sentence}");
        return Failed;
    }
}
