using Microsoft.Extensions.Hosting;

namespace PlanServices.ServiceDefaults.Hosting;

/// <summary>Lets background work wait until its host listens.</summary>
public static class HostStarted
{
    /// <summary>Ends when the host has started; services of the same process can be called from then on.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
