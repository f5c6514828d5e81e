using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlanServices.Actions;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.Testing;

namespace PlanServices.Bench;

/// <summary>A service on a free port of the loopback, and a channel to it; the Actions service over a database file, unless another is named.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchHost(WebApplication app)
    {
        _app = app;
        Address = BoundAddresses.Of(app.Services.GetRequiredService<IServer>()).Grpc;
        Channel = ChannelTo(Address);
    }

    /// <summary>A channel with a token for everything.</summary>
    public static GrpcChannel ChannelTo(Uri address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        MaxReceiveMessageSize = null,
        MaxSendMessageSize = null,
        HttpHandler = new TokenHandler(TestIssuer.Everything),
        DisposeHttpClient = true,
    });

    public Uri Address { get; }

    public GrpcChannel Channel { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<BenchHost> StartAsync(string database) => StartAsync(
        new Dictionary<string, string?>
        {
            ["ConnectionStrings:actions"] = $"Data Source={database}",
            // No directory: leads keep their text.
            ["Services:partners:grpc:0"] = "http://127.0.0.1:1",
        },
        builder => builder.AddActions(),
        app => app.MapActions());

    /// <summary>A host on free ports.</summary>
    public static async Task<BenchHost> StartAsync(
        Dictionary<string, string?> settings, Action<WebApplicationBuilder> add, Action<WebApplication> map, bool bare = false)
    {
        var builder = ServiceHost.CreateBuilder(["--environment=Production"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings)
        {
            ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            ["Access:ClientId"] = "bench",
            ["Access:ClientSecret"] = "of the bench alone",
            ["Access:CallsPerSecond"] = "10000000",
            ["Access:CallsAtOnce"] = "10000000",
        });
        builder.Logging.ClearProviders();
        if (bare)
        {
            builder.Services.AddGrpc();
        }
        else
        {
            builder.AddServiceDefaults();
            builder.Services.AddTestIssuer();
        }

        add(builder);
        var app = builder.Build();
        if (!bare)
            app.MapServiceDefaults();
        map(app);
        await app.StartAsync();
        return new BenchHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
