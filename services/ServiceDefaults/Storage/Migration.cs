using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>Brings one database of the host to the schema of this build: see <see cref="Migrations"/>.</summary>
public abstract class Migration
{
    /// <summary>True where this start made the database.</summary>
    public bool CreatedDatabase { get; protected set; }

    internal abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>After the last look at the database.</summary>
    internal abstract ValueTask ReleaseAsync();
}

/// <inheritdoc/>
public sealed class Migration<TContext> : Migration
    where TContext : DbContext
{
    private readonly Engine _engine;
    private readonly string _connectionString;
    private readonly Func<TContext> _migrator;

    // From before the first look at the database until after the last.
    private IAsyncDisposable? _hold;

    internal Migration(Engine engine, string connectionString, Func<TContext> migrator) =>
        (_engine, _connectionString, _migrator) = (engine, connectionString, migrator);

    internal override async Task RunAsync(CancellationToken cancellationToken)
    {
        _hold = _engine.Hold(_connectionString);
        await using var context = _migrator();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet();
        CreatedDatabase = applied.Count == 0;
        // The migrator compares the whole model before it finds that there is nothing to do.
        if (context.Database.GetMigrations().Any(m => !applied.Contains(m)))
            await context.Database.MigrateAsync(cancellationToken);
        await _engine.ConfigureAsync(context.Database, cancellationToken);
    }

    internal override ValueTask ReleaseAsync() => _hold?.DisposeAsync() ?? ValueTask.CompletedTask;
}
