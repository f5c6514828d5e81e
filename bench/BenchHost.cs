using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlanServices.Actions;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Bench;

/// <summary>The Actions service over a database file, on a free port of the loopback, and a channel to it.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchHost(WebApplication app)
    {
        _app = app;
        Address = BoundAddresses.Of(app.Services.GetRequiredService<IServer>()).Grpc;
        Channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null });
    }

    public Uri Address { get; }

    public GrpcChannel Channel { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<BenchHost> StartAsync(string database)
    {
        var builder = ServiceHost.CreateBuilder(["--environment=Production"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            ["ConnectionStrings:actions"] = $"Data Source={database}",
            // No directory: leads keep their text.
            ["Services:partners:grpc:0"] = "http://127.0.0.1:1",
        });
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddActions();
        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapActions();
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
