using PlanServices.Actions.Data;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Changes;

/// <summary>Tells those who wait that something was committed.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = New();

    public ChangeSignal(SingleWriter<ActionsContext> writer) => writer.Committed += Raise;

    /// <summary>Ends with the next commit. Take it before looking at the database, so that no commit falls between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    private void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
