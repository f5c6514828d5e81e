using Microsoft.EntityFrameworkCore;
using PlanServices.ServiceDefaults.Caching;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>Tells those who wait that something was committed, in this process or in another of which it hears.</summary>
public sealed class ChangeSignal<TContext>
    where TContext : DbContext
{
    private TaskCompletionSource _next = New();

    public ChangeSignal(CommitNews<TContext> news) => news.Changed += Raise;

    /// <summary>Ends with the next commit. Take it before looking at the database, so that no commit falls between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    private void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
