using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Standalone;

/// <summary>
/// Gives back, once, what starting left behind: models of databases, routes, the sample's grids. An idle process would not collect it, and
/// all services start in this one.
/// </summary>
internal sealed class Settling(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        await Task.Delay(AfterStart, time, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
