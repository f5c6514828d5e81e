using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>
/// Contexts whose connection stays open from one read to the next, with the statements that were prepared on it: for the reads of which
/// there are many. Between two reads none of them holds a transaction.
/// </summary>
public sealed class OpenReads<TContext>(IDbContextFactory<TContext> contexts) : IAsyncDisposable
    where TContext : DbContext
{
    private const int MostIdle = 32;

    private readonly ConcurrentBag<TContext> _idle = [];
    private volatile bool _disposed;

    /// <summary>Reads. A context whose read failed is not used again.</summary>
    public async Task<T> ReadAsync<TState, T>(
        TState state, Func<TContext, TState, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var db = _idle.TryTake(out var idle) ? idle : await OpenAsync(cancellationToken);
        var done = false;
        try
        {
            var result = await read(db, state, cancellationToken);
            done = true;
            return result;
        }
        finally
        {
            if (done && !_disposed && _idle.Count < MostIdle)
                _idle.Add(db);
            else
                await db.DisposeAsync();
        }
    }

    private async Task<TContext> OpenAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.OpenAsync(cancellationToken);
        try
        {
            await Engine.Of(db.Database).SeeSnapshotsAsync(db.Database, cancellationToken);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryTake(out var db))
            await db.DisposeAsync();
    }
}
