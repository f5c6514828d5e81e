namespace PlanServices.Reporting.Features.Following;

/// <summary>Tells those who wait that the read model has moved on.</summary>
internal sealed class ModelProgress
{
    private TaskCompletionSource _next = New();

    /// <summary>Ends when the model moves. Take it before looking at the model, so that no move falls between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Moved() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
