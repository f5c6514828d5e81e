using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Auditing;

namespace PlanServices.ServiceDefaults.Storage;

/// <summary>A write that waits for its turn at the <see cref="SingleWriter{TContext}"/>.</summary>
internal abstract class WaitingWrite<TContext>(CancellationToken cancellationToken)
    where TContext : DbContext
{
    private int _taken;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public Exception? Refusal { get; set; }

    /// <summary>It had its turn, and what it stored was taken back.</summary>
    public bool Undone { get; set; }

    /// <summary>True once: for whoever carries it out, or refuses it because the service stops.</summary>
    public bool Take() => Interlocked.Exchange(ref _taken, 1) == 0;

    public abstract Task<bool> RunAsync(TContext context);

    public abstract void Settle();

    public abstract void Refuse(Exception reason);
}

/// <inheritdoc/>
internal sealed class WaitingWrite<TContext, T>(Func<TContext, CancellationToken, Task<Written<T>>> write, CancellationToken cancellationToken)
    : WaitingWrite<TContext>(cancellationToken)
    where TContext : DbContext
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
        (_kept, _audited) = (written.Keep && written.Changed, false);
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
