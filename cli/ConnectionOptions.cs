using System.CommandLine;
using Grpc.Core;
using Grpc.Net.Client;

namespace PlanServices.Cli;

/// <summary>Which services to talk to, and how long to wait for them.</summary>
internal sealed class ConnectionOptions
{
    private const string Default = "http://localhost:5081";

    public Option<string> Address { get; } = new("--address")
    {
        Description = "The services' gRPC address; otherwise PLAN_ADDRESS, otherwise http://localhost:5081.",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PLAN_ADDRESS") is { Length: > 0 } address ? address : Default,
    };

    public Option<int> Timeout { get; } = new("--timeout")
    {
        Description = "Seconds to wait for an answer.",
        Recursive = true,
        DefaultValueFactory = _ => 120,
    };

    public Connection Open(ParseResult result)
    {
        var address = result.GetValue(Address)!;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new CommandException($"--address: '{address}' is no address; http://localhost:5081 is one.");

        var seconds = result.GetValue(Timeout);
        return seconds > 0
            ? new Connection(uri, TimeSpan.FromSeconds(seconds))
            : throw new CommandException($"--timeout: {seconds} is no number of seconds above 0.");
    }
}

/// <summary>A channel to the services.</summary>
internal sealed class Connection(Uri address, TimeSpan timeout) : IDisposable
{
    public Uri Address => address;

    public GrpcChannel Channel { get; } = GrpcChannel.ForAddress(
        address, new GrpcChannelOptions { MaxSendMessageSize = null, MaxReceiveMessageSize = null });

    /// <summary>Options of one call; a report asked for with a revision shows at least that.</summary>
    public CallOptions Call(CancellationToken cancellationToken, long minRevision = 0) => new(
        minRevision > 0 ? new Metadata { { "planservices-min-revision", $"{minRevision}" } } : null,
        TimeProvider.System.GetUtcNow().UtcDateTime + timeout,
        cancellationToken);

    public void Dispose() => Channel.Dispose();
}
