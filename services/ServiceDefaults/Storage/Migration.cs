using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Brings a database to the schema of this build before any other part of the service starts.</summary>
public sealed class Migration<TContext>(IDbContextFactory<TContext> contexts) : IHostedLifecycleService
    where TContext : DbContext
{
    // From before the first look at the database until after the last.
    private FileStream? _lock;

    /// <summary>True where this start made the database.</summary>
    public bool CreatedDatabase { get; private set; }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource is { Length: > 0 } file
            && Path.GetDirectoryName(Path.GetFullPath(file)) is { } directory)
        {
            Directory.CreateDirectory(directory);
            _lock = DatabaseLock.Share(Path.GetFullPath(file));
        }

        CreatedDatabase = !(await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Any();
        await context.Database.MigrateAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_lock is not null)
            await _lock.DisposeAsync();
    }
}
