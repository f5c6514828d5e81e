using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Testing;

/// <summary>
/// A real server in the test's process, on free ports of the loopback, with its data in a folder of its own. Disposing it fails
/// the test where the server logged an error that was not expected.
/// </summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryFolder? _folder;

    private TestHost(WebApplication app, ErrorLog errors, TemporaryFolder? folder)
    {
        _app = app;
        _folder = folder;
        Errors = errors;
        Addresses = BoundAddresses.Of(app.Services.GetRequiredService<IServer>());
        Channel = ChannelFor(TestIssuer.Everything);
        Http = HttpFor(TestIssuer.Everything);
    }

    public BoundAddresses Addresses { get; }

    /// <summary>To the endpoint <c>grpc</c>, as a client with every scope.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>To the endpoint <c>http</c>, as a client with every scope.</summary>
    public HttpClient Http { get; }

    public ErrorLog Errors { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>A channel with another token; without one, for a caller who has none. Whoever asks disposes it.</summary>
    public GrpcChannel ChannelFor(string? token) => GrpcChannel.ForAddress(
        Addresses.Grpc, token is null ? new GrpcChannelOptions() : new GrpcChannelOptions { HttpHandler = new TokenHandler(token), DisposeHttpClient = true });

    /// <summary>The same for the endpoint <c>http</c>.</summary>
    public HttpClient HttpFor(string? token) =>
        new(token is null ? new SocketsHttpHandler() : new TokenHandler(token)) { BaseAddress = Addresses.Http };

    /// <summary>Starts a host.</summary>
    /// <param name="add">The service's own registrations: <c>b => b.AddActions()</c>.</param>
    /// <param name="map">The service's own endpoints: <c>a => a.MapActions()</c>.</param>
    /// <param name="databases">The connection string names of its databases.</param>
    /// <param name="settings">Further settings, such as the addresses of other services.</param>
    /// <param name="folder">Where its data is, for a test that starts it again; one of its own where none is given.</param>
    public static async Task<TestHost> StartAsync(
        Action<WebApplicationBuilder> add,
        Action<WebApplication> map,
        IEnumerable<string> databases,
        IReadOnlyDictionary<string, string?>? settings = null,
        string? folder = null)
    {
        var own = folder is null ? new TemporaryFolder() : null;
        var errors = new ErrorLog();
        var builder = ServiceHost.CreateBuilder(["--environment=Development"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            ["Issuer:SigningKeys:0:Pem"] = TestIssuer.Pem,
        });
        builder.Configuration.AddInMemoryCollection(databases.Select(name => KeyValuePair.Create<string, string?>(
            $"ConnectionStrings:{name}", $"Data Source={Path.Combine(folder ?? own!.Path, $"{name}.db")}")));
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(errors);
        builder.AddServiceDefaults();
        builder.Services.AddTestIssuer();
        add(builder);

        var app = builder.Build();
        app.CheckStart();
        app.MapServiceDefaults();
        map(app);
        await app.StartAsync();
        return new TestHost(app, errors, own);
    }

    /// <summary>Shuts the server down as a host does; its clients stay.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder?.Dispose();
        Errors.AssertNone();
    }
}
