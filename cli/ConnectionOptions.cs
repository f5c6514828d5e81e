using System.CommandLine;
using Grpc.Core;
using Grpc.Net.Client;
using PlanServices.Cli.Access;

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

    public Option<string?> Issuer { get; } = new("--issuer")
    {
        Description = "Where access tokens come from; otherwise PLAN_ISSUER, otherwise the services' address.",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PLAN_ISSUER"),
    };

    public Connection Open(ParseResult result)
    {
        var uri = Read(Address.Name, result.GetValue(Address)!);
        var issuer = result.GetValue(Issuer) is { Length: > 0 } other ? Read(Issuer.Name, other) : uri;
        var seconds = result.GetValue(Timeout);
        return seconds > 0
            ? new Connection(uri, TimeSpan.FromSeconds(seconds), new Login(uri, issuer, CredentialStore.OfUser()))
            : throw new CommandException($"--timeout: {seconds} is no number of seconds above 0.");
    }

    private static Uri Read(string option, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CommandException($"{option}: '{address}' is no address; http://localhost:5081 is one.");
}

/// <summary>A channel to the services.</summary>
internal sealed class Connection(Uri address, TimeSpan timeout, Login login) : IDisposable
{
    public Uri Address => address;

    public Login Login => login;

    public GrpcChannel Channel { get; } = GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        MaxSendMessageSize = null,
        MaxReceiveMessageSize = null,
        HttpHandler = new LoginHandler(login),
        DisposeHttpClient = true,
    });

    /// <summary>Options of one call; a report asked for with a revision shows at least that.</summary>
    public CallOptions Call(CancellationToken cancellationToken, long minRevision = 0) => new(
        minRevision > 0 ? new Metadata { { "planservices-min-revision", $"{minRevision}" } } : null,
        TimeProvider.System.GetUtcNow().UtcDateTime + timeout,
        cancellationToken);

    public void Dispose() => Channel.Dispose();
}
