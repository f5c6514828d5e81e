using System.ComponentModel.DataAnnotations;
using System.Net;
using Garnet;
using Garnet.server;
using Microsoft.Extensions.Options;

namespace PlanServices.Cache;

/// <summary>Where the cache server listens and how much it may hold. Section <c>Cache</c>.</summary>
public sealed class CacheServerOptions
{
    public const string Section = "Cache";

    /// <summary>Loopback, unless a network is to reach it. It asks for no password.</summary>
    [Required]
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>1 to 65,535.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 6379;

    /// <summary>What its values may take, in MB: 16 to 16,384. The oldest give way.</summary>
    [Range(16, 16_384)]
    public int MemoryMegabytes { get; init; } = 64;
}

/// <summary>Garnet, a server of the Redis protocol, for where no Redis is to be had: it keeps in memory what may be lost.</summary>
public sealed class CacheServer(IOptions<CacheServerOptions> options, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private GarnetServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        _server = new GarnetServer(
            new GarnetServerOptions(loggers.CreateLogger<GarnetServer>())
            {
                EndPoints = [new IPEndPoint(IPAddress.Parse(settings.Address), settings.Port)],
                // It takes four pages at the least.
                PageSize = "4m",
                LogMemorySize = $"{settings.MemoryMegabytes}m",
                IndexMemorySize = "8m",
                QuietMode = true,
            },
            loggers);
        _server.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _server?.Dispose();
        _server = null;
    }
}

/// <summary>Puts the cache server into a host.</summary>
public static class CacheHosting
{
    public static void AddCacheServer(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CacheServerOptions>().BindConfiguration(CacheServerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHostedService<CacheServer>();
    }
}
