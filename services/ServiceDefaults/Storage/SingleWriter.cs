using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>What a write hands back: its result, and whether it stays.</summary>
/// <param name="Value">The answer to the caller.</param>
/// <param name="Keep">False undoes all that the write did: a check that only looks.</param>
public readonly record struct Written<T>(T Value, bool Keep = true);

/// <summary>
/// The one writer of a database. It commits what waits in one transaction, each write in a savepoint of its own, so that a refused
/// write never undoes its neighbours; a write is acknowledged after the commit. A write may be run again when a neighbour broke
/// the transaction, so it must have no effect outside the context that it is given.
/// </summary>
public sealed partial class SingleWriter<TContext>(IDbContextFactory<TContext> contexts, ILogger<SingleWriter<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private const int MostInOneTransaction = 256;
    private const string Savepoint = "write";

    // Kept from one transaction to the next, with its connection open and its statements prepared.
    private TContext? _context;

    private readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(new BoundedChannelOptions(10_000) { SingleReader = true });

    /// <summary>Raised after each commit, before the writers are told.</summary>
    public event Action? Committed;

    /// <summary>Carries out a write; returns when it is durable.</summary>
    /// <exception cref="ApiException">As the write throws it; UNAVAILABLE where the storage failed.</exception>
    public async Task<T> WriteAsync<T>(Func<TContext, CancellationToken, Task<Written<T>>> write, CancellationToken cancellationToken)
    {
        var item = new Item<T>(write, cancellationToken);
        try
        {
            await _waiting.Writer.WriteAsync(item, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw ApiErrors.Unavailable("The service is shutting down; call again.", e);
        }

        return await item.Done.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        // A host that stops while it starts never ran the writer.
        while (_waiting.Reader.TryRead(out var item))
            item.Refuse(ApiErrors.Unavailable("The service is shutting down; call again."));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Item>();
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < MostInOneTransaction && _waiting.Reader.TryRead(out var item))
                batch.Add(item);

            while (batch.Count > 0)
                await CommitAsync(batch);
        }

        await CloseAsync();
    }

    // Takes from the batch what it settled. Where a write broke the transaction, that one is refused and the others stay for
    // another go.
    private async Task CommitAsync(List<Item> batch)
    {
        try
        {
            if (!await CommitAsync(_context ??= await OpenAsync(), batch))
            {
                await CloseAsync();
                return;
            }
        }
        catch (Exception e)
        {
            Log.CommitFailed(logger, e, batch.Count);
            foreach (var item in batch)
                item.Refuse(NotStored(e));

            batch.Clear();
            await CloseAsync();
            return;
        }

        Committed?.Invoke();
        foreach (var item in batch)
            item.Settle();

        batch.Clear();
    }

    // False where a write broke the transaction; it is no longer in the batch.
    private async Task<bool> CommitAsync(TContext context, List<Item> batch)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        foreach (var item in batch)
        {
            if (!await RunAsync(item, context, transaction))
            {
                batch.Remove(item);
                return false;
            }
        }

        await transaction.CommitAsync();
        return true;
    }

    private async Task<TContext> OpenAsync()
    {
        var context = await contexts.CreateDbContextAsync();
        await context.Database.OpenConnectionAsync();
        return context;
    }

    private async Task CloseAsync()
    {
        if (_context is { } context)
            await context.DisposeAsync();
        _context = null;
    }

    // False where the transaction is no longer good.
    private async Task<bool> RunAsync(Item item, TContext context, IDbContextTransaction transaction)
    {
        if (item.CancellationToken.IsCancellationRequested)
        {
            item.Refusal = new OperationCanceledException(item.CancellationToken);
            return true;
        }

        await transaction.CreateSavepointAsync(Savepoint);
        var keep = false;
        try
        {
            keep = await item.RunAsync(context);
            item.Refusal = null;
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            Log.StorageFailed(logger, e);
            item.Refusal = NotStored(e);
        }
        catch (Exception e)
        {
            item.Refusal = e;
        }

        context.ChangeTracker.Clear();
        try
        {
            if (!keep)
                await transaction.RollbackToSavepointAsync(Savepoint);

            await transaction.ReleaseSavepointAsync(Savepoint);
            return true;
        }
        catch (Exception e)
        {
            Log.TransactionLost(logger, item.Refusal ?? e);
            item.Refuse(item.Refusal ?? NotStored(e));
            return false;
        }
    }

    private static ApiException NotStored(Exception cause) =>
        ApiErrors.Unavailable("The storage did not take the write; nothing of it was stored.", cause);

    private abstract class Item(CancellationToken cancellationToken)
    {
        public CancellationToken CancellationToken { get; } = cancellationToken;

        public Exception? Refusal { get; set; }

        public abstract Task<bool> RunAsync(TContext context);

        public abstract void Settle();

        public abstract void Refuse(Exception reason);
    }

    private sealed class Item<T>(Func<TContext, CancellationToken, Task<Written<T>>> write, CancellationToken cancellationToken)
        : Item(cancellationToken)
    {
        private T? _value;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<bool> RunAsync(TContext context)
        {
            var written = await write(context, CancellationToken);
            _value = written.Value;
            return written.Keep;
        }

        public override void Settle()
        {
            if (Refusal is null)
                Done.SetResult(_value!);
            else
                Refuse(Refusal);
        }

        public override void Refuse(Exception reason) => Done.TrySetException(reason);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A transaction of {Writes} writes was not committed")]
        public static partial void CommitFailed(ILogger logger, Exception exception, int writes);

        [LoggerMessage(Level = LogLevel.Error, Message = "The storage refused a write")]
        public static partial void StorageFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "A write broke the transaction; its neighbours are tried again")]
        public static partial void TransactionLost(ILogger logger, Exception exception);
    }
}
