using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlanServices.ServiceDefaults.Auditing;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Storage.Engines;

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
/// <remarks>
/// Whoever comes while nobody writes carries out what waits, on its own thread: a lone caller wakes no other. The rest is handed on.
/// </remarks>
public sealed partial class SingleWriter<TContext>(IDbContextFactory<TContext> contexts, ILogger<SingleWriter<TContext>> logger) : IHostedService
    where TContext : DbContext
{
    private const int MostInOneTransaction = 256;
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentQueue<Item> _waiting = new();
    private bool _started;
    private volatile bool _stopped;

    // 1 while somebody writes; before the start, and after the stop, nobody may.
    private int _writing = 1;
    private int _lastBatch;
    private TimeSpan _lastTransaction;

    // Kept from one transaction to the next, with its connection open and its statements prepared.
    private TContext? _context;

    /// <summary>Raised after each commit, before the writers are told.</summary>
    public event Action? Committed;

    /// <summary>Carries out a write; returns when it is durable.</summary>
    /// <exception cref="ApiException">As the write throws it; UNAVAILABLE where the storage failed.</exception>
    public Task<T> WriteAsync<T>(Func<TContext, CancellationToken, Task<Written<T>>> write, CancellationToken cancellationToken)
    {
        var item = new Item<T>(write, cancellationToken);
        _waiting.Enqueue(item);
        if (_stopped)
            item.Refuse(ShuttingDown());
        else if (Interlocked.CompareExchange(ref _writing, 1, 0) == 0)
            _ = WriteWaitingAsync();

        return item.Done.Task;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        _ = WriteWaitingAsync();
        return Task.CompletedTask;
    }

    /// <summary>Ends when all that waits is written; what comes later is refused.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopped)
            return;

        _stopped = true;
        // A host that stops while it starts never let anybody write.
        while (_started && Interlocked.CompareExchange(ref _writing, 1, 0) != 0 && !cancellationToken.IsCancellationRequested)
            await Task.Delay(1, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (_waiting.TryDequeue(out var item))
            item.Refuse(ShuttingDown());

        await CloseAsync();
    }

    // One transaction; where more waits behind it, another thread goes on, so that this caller has its answer.
    private async Task WriteWaitingAsync()
    {
        do
        {
            await GatherAsync();
            List<Item> batch = [];
            while (batch.Count < MostInOneTransaction && _waiting.TryDequeue(out var item))
                batch.Add(item);

            var start = Stopwatch.GetTimestamp();
            _lastBatch = batch.Count;
            while (batch.Count > 0)
                await CommitAsync(batch);
            _lastTransaction = Stopwatch.GetElapsedTime(start);

            if (!_waiting.IsEmpty)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => _ = WriteWaitingAsync(), null);
                return;
            }

            Volatile.Write(ref _writing, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _writing, 1, 0) == 0);
    }

    // Those who wrote last time are about to write again. Waiting for as many, no longer than the last transaction took, makes few large
    // transactions out of many small ones. A lone writer does not wait.
    private async Task GatherAsync()
    {
        if (_lastBatch < 2)
            return;

        var start = Stopwatch.GetTimestamp();
        var patience = _lastTransaction < LongestGathering ? _lastTransaction : LongestGathering;
        while (_waiting.Count < _lastBatch && Stopwatch.GetElapsedTime(start) < patience)
            await Task.Yield();
    }

    // Takes from the batch what it settled. Where a write broke the transaction, that one is refused and the others stay for
    // another go.
    private async Task CommitAsync(List<Item> batch)
    {
        try
        {
            if (!await CommitAsync(_context ??= await contexts.OpenAsync(CancellationToken.None), batch))
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
        await using var transaction = await context.Database.BeginWriteAsync(CancellationToken.None);
        foreach (var item in batch)
        {
            if (!await RunAsync(item, context))
            {
                batch.Remove(item);
                return false;
            }
        }

        await transaction.CommitAsync();
        return true;
    }

    private async Task CloseAsync()
    {
        if (_context is { } context)
            await context.DisposeAsync();
        _context = null;
    }

    // False where the transaction is no longer good.
    private async Task<bool> RunAsync(Item item, TContext context)
    {
        if (item.CancellationToken.IsCancellationRequested)
        {
            item.Refusal = new OperationCanceledException(item.CancellationToken);
            return true;
        }

        var engine = Engine.Of(context.Database);
        await engine.Save.Bind(context).ExecuteNonQueryAsync();
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
                await engine.RollBack.Bind(context).ExecuteNonQueryAsync();
            if (engine.Release is { } release)
                await release.Bind(context).ExecuteNonQueryAsync();

            return true;
        }
        catch (Exception e)
        {
            Log.TransactionLost(logger, item.Refusal ?? e);
            item.Refuse(item.Refusal ?? NotStored(e));
            return false;
        }
    }

    private static ApiException ShuttingDown() => ApiErrors.Unavailable("The service is shutting down; call again.");

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
        private readonly AuditedCall? _call = AuditedCall.Current;
        private T? _value;
        private bool _kept;
        private bool _audited;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<bool> RunAsync(TContext context)
        {
            var written = await write(context, CancellationToken);
            _value = written.Value;
            _kept = written.Keep;
            // A database without an audit log leaves the entry to the log of its service.
            if (_kept && _call is { Stored: false } && context.Model.FindEntityType(typeof(AuditRow)) is not null)
            {
                await context.Rows<AuditRow>().InsertAsync(context, _call.Row(AuditedCall.Ok), CancellationToken);
                _audited = true;
            }

            return written.Keep;
        }

        public override void Settle()
        {
            if (Refusal is not null)
            {
                Refuse(Refusal);
                return;
            }

            _call?.Kept |= _kept;
            _call?.Stored |= _audited;
            Done.SetResult(_value!);
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
