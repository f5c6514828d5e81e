using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>
/// Brings a database to the schema of this build before any other part of the service starts. Of several processes that start at once one
/// does it, and the others wait: EF's migrator has a lock for that in each engine.
/// </summary>
public sealed class Migration<TContext> : IHostedLifecycleService
    where TContext : DbContext
{
    private readonly Engine _engine;
    private readonly string _connectionString;
    private readonly Func<TContext> _migrator;

    // From before the first look at the database until after the last.
    private IAsyncDisposable? _hold;

    internal Migration(Engine engine, string connectionString, Func<TContext> migrator) =>
        (_engine, _connectionString, _migrator) = (engine, connectionString, migrator);

    /// <summary>True where this start made the database.</summary>
    public bool CreatedDatabase { get; private set; }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _hold = _engine.Hold(_connectionString);
        await using var context = _migrator();
        CreatedDatabase = !(await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Any();
        await context.Database.MigrateAsync(cancellationToken);
        await _engine.ConfigureAsync(context.Database, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_hold is not null)
            await _hold.DisposeAsync();
    }
}
