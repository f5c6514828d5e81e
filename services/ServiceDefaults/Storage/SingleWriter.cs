using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Storage.Engines;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>What a write hands back: its result, and whether it stays.</summary>
/// <param name="Value">The answer to the caller.</param>
/// <param name="Keep">False undoes all that the write did: a check that only looks.</param>
/// <param name="Changed">False where what is kept is the answer alone, and nothing else was changed.</param>
public readonly record struct Written<T>(T Value, bool Keep = true, bool Changed = true);

/// <summary>
/// The one writer of a database. It commits what waits in one transaction; a refused write never undoes its neighbours, and a write is
/// acknowledged after the commit. A write may be run again when a neighbour had to be undone, so it must have no effect outside the context
/// that it is given.
/// </summary>
/// <remarks>
/// Whoever comes while nobody writes carries out what waits, on its own thread: a lone caller wakes no other. What came meanwhile is
/// handed on to one thread, which goes on until nothing waits. Savepoints cost as much as a small write, and few writes are refused after
/// they stored something: a transaction begins without them, and is begun anew with one for each write where one has to be undone.
/// </remarks>
public sealed partial class SingleWriter<TContext>(IDbContextFactory<TContext> contexts, ILogger<SingleWriter<TContext>> logger) : IHostedService
    where TContext : DbContext
{
    private const int MostInOneTransaction = 256;
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentQueue<WaitingWrite<TContext>> _waiting = new();
    private bool _started;
    private volatile bool _stopped;

    // 1 while somebody writes; before the start, and after the stop, nobody may.
    private int _writing = 1;
    private int _lastBatch;
    private TimeSpan _lastCommit;

    // For how much longer this transaction waits for more.
    private TimeSpan _patience;

    // Kept from one transaction to the next, with its connection open and its statements prepared.
    private TContext? _context;

    /// <summary>Raised after each commit, before the writers are told.</summary>
    public event Action? Committed;

    /// <summary>Carries out a write; returns when it is durable.</summary>
    /// <exception cref="ApiException">As the write throws it; UNAVAILABLE where the storage failed, which says whether anything may be stored.</exception>
    public Task<T> WriteAsync<T>(Func<TContext, CancellationToken, Task<Written<T>>> write, CancellationToken cancellationToken)
    {
        var item = new WaitingWrite<TContext, T>(write, cancellationToken);
        _waiting.Enqueue(item);
        if (_stopped)
            Refuse(item);
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
            Refuse(item);

        await CloseAsync();
    }

    private static void Refuse(WaitingWrite<TContext> item)
    {
        if (item.Take())
            item.Refuse(ApiErrors.Unavailable("The service is shutting down; call again."));
    }

    // One transaction; where more waits behind it, another thread goes on, so that this caller has its answer.
    private async Task WriteWaitingAsync()
    {
        if (await WriteBatchAsync())
            return;

        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = WriteAllAsync(), null);

        async Task WriteAllAsync()
        {
            while (!await WriteBatchAsync())
            {
            }
        }
    }

    // True where nothing waits any more, or somebody else goes on.
    private async Task<bool> WriteBatchAsync()
    {
        List<WaitingWrite<TContext>> batch = [];
        while (batch.Count < MostInOneTransaction && _waiting.TryDequeue(out var item))
        {
            if (item.Take())
                batch.Add(item);
        }

        var savepoints = false;
        while (batch.Count > 0)
            savepoints |= !await CommitAsync(batch, savepoints);

        if (!_waiting.IsEmpty)
            return false;

        Volatile.Write(ref _writing, 0);
        return _waiting.IsEmpty || Interlocked.CompareExchange(ref _writing, 1, 0) != 0;
    }

    // Takes what came meanwhile into the batch. Those who wrote last time are about to write again: a commit costs as much as many small
    // writes, so a transaction waits for them for as long as a commit takes. A lone writer does not wait.
    private async ValueTask<bool> TakeNextAsync(List<WaitingWrite<TContext>> batch)
    {
        if (batch.Count == MostInOneTransaction)
            return false;

        var start = Stopwatch.GetTimestamp();
        WaitingWrite<TContext>? item;
        while (!_waiting.TryDequeue(out item) && batch.Count < _lastBatch && Stopwatch.GetElapsedTime(start) < _patience)
            await Task.Yield();

        _patience -= Stopwatch.GetElapsedTime(start);
        if (item?.Take() != true)
            return false;

        batch.Add(item);
        return true;
    }

    // Takes from the batch what it settled. False where the transaction has to be begun anew: a write is to be undone alone, or broke it
    // and is no longer in the batch.
    private async Task<bool> CommitAsync(List<WaitingWrite<TContext>> batch, bool savepoints)
    {
        try
        {
            if (!await CommitAsync(_context ??= await contexts.OpenAsync(CancellationToken.None), batch, savepoints))
                return false;
        }
        catch (Exception e)
        {
            Log.CommitFailed(logger, e, batch.Count);
            foreach (var item in batch)
                item.Refuse(e as ApiException ?? NotStored(e));

            batch.Clear();
            await CloseAsync();
            return true;
        }

        Committed?.Invoke();
        foreach (var item in batch)
            item.Settle();

        batch.Clear();
        return true;
    }

    private async Task<bool> CommitAsync(TContext context, List<WaitingWrite<TContext>> batch, bool savepoints)
    {
        var engine = Engine.Of(context.Database);
        await using var transaction = await context.Database.BeginWriteAsync(CancellationToken.None);
        _patience = _lastCommit < LongestGathering ? _lastCommit : LongestGathering;
        for (var i = 0; i < batch.Count || await TakeNextAsync(batch); i++)
        {
            var item = batch[i];
            if (item.Undone)
                continue;

            switch (await TakeTurnAsync(item, context, engine, savepoints || engine.RowsWritten(context.Database.GetDbConnection()) is null))
            {
                case Outcome.ToUndo:
                    item.Undone = true;
                    return false;
                case Outcome.Broken:
                    batch.Remove(item);
                    await CloseAsync();
                    return false;
            }
        }

        var start = Stopwatch.GetTimestamp();
        try
        {
            await transaction.CommitAsync();
        }
        catch (Exception e)
        {
            throw NotConfirmed(e);
        }

        (_lastBatch, _lastCommit) = (batch.Count, Stopwatch.GetElapsedTime(start));
        return true;
    }

    private async Task CloseAsync()
    {
        if (_context is { } context)
            await context.DisposeAsync();
        _context = null;
    }

    private async Task<Outcome> TakeTurnAsync(WaitingWrite<TContext> item, TContext context, Engine engine, bool savepoint)
    {
        try
        {
            if (savepoint)
                await engine.Save.Bind(context).ExecuteNonQueryAsync();
            var stays = await RunAsync(item, context, engine);
            if (!savepoint)
                return stays ? Outcome.Stays : Outcome.ToUndo;

            if (!stays)
                await engine.RollBack.Bind(context).ExecuteNonQueryAsync();
            if (engine.Release is { } release)
                await release.Bind(context).ExecuteNonQueryAsync();
            return Outcome.Stays;
        }
        catch (Exception e)
        {
            Log.TransactionLost(logger, item.Refusal ?? e);
            item.Refuse(item.Refusal ?? NotStored(e));
            return Outcome.Broken;
        }
    }

    // True where what the write stored is to stay, or it stored nothing.
    private async Task<bool> RunAsync(WaitingWrite<TContext> item, TContext context, Engine engine)
    {
        if (item.CancellationToken.IsCancellationRequested)
        {
            item.Refusal = new OperationCanceledException(item.CancellationToken);
            return true;
        }

        var connection = context.Database.GetDbConnection();
        var before = engine.RowsWritten(connection);
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
            return false;
        }
        catch (Exception e)
        {
            item.Refusal = e;
        }
        finally
        {
            context.ChangeTracker.Clear();
        }

        if (keep)
            engine.RequireTransaction(connection);
        return keep || (before is not null && engine.RowsWritten(connection) == before);
    }

    private static ApiException NotStored(Exception cause) =>
        ApiErrors.Unavailable("The storage did not take the write; nothing of it was stored.", cause);

    // The answer to the commit may have been lost, and not the commit.
    private static ApiException NotConfirmed(Exception cause) => ApiErrors.Unavailable(
        "The storage did not confirm the write, which may be stored or not; call again with the same request_id, or read first.", cause);

    private enum Outcome
    {
        Stays,
        ToUndo,
        Broken,
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
