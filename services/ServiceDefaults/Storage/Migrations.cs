using Microsoft.Extensions.Hosting;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>
/// Brings the databases of the host, all at once, to the schema of this build before any other part of a service starts. Of several
/// processes that start together one does it, and the others wait: EF's migrator has a lock for that in each engine.
/// </summary>
internal sealed class Migrations(IEnumerable<Migration> databases) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(databases.Select(database => Task.Run(() => database.RunAsync(cancellationToken), cancellationToken)));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var database in databases)
            await database.ReleaseAsync();
    }
}
