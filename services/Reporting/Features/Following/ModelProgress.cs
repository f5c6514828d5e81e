namespace PlanServices.Reporting.Features.Following;

/// <summary>Tells those who wait that the read model has moved on, and whether it ever had all that the catalogue holds.</summary>
internal sealed class ModelProgress
{
    private TaskCompletionSource _next = New();
    private volatile bool _caughtUp;

    /// <summary>True since the model had all that the catalogue held; what is not in it is nowhere, then.</summary>
    public bool CaughtUp => _caughtUp;

    /// <summary>Ends when the model moves. Take it before looking at the model, so that no move falls between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Moved() => Interlocked.Exchange(ref _next, New()).SetResult();

    public void ReachedTheEnd()
    {
        if (_caughtUp)
            return;

        _caughtUp = true;
        Moved();
    }

    public void BeganAnew()
    {
        _caughtUp = false;
        Moved();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
