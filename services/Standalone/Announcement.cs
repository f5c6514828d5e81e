using Microsoft.AspNetCore.Hosting.Server;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Standalone;

/// <summary>Says on the console where to go.</summary>
internal sealed partial class Announcement(IServer server, IHostApplicationLifetime lifetime, ILogger<Announcement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = BoundAddresses.Of(server);
            Log.Ready(logger, addresses.Http, addresses.Grpc);
            if (addresses.Https is { } https)
                Log.Tls(logger, https);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "PlanServices: pages and JSON at {Http}, gRPC at {Grpc}")]
        public static partial void Ready(ILogger logger, Uri http, Uri grpc);

        [LoggerMessage(Level = LogLevel.Information, Message = "PlanServices: all of it over TLS at {Https}")]
        public static partial void Tls(ILogger logger, Uri https);
    }
}
