using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>One reader's watch: what it has, and what is to be sent to it next.</summary>
public interface IWatch<TMessage>
{
    /// <summary>Sends all that was committed and that the reader has not; true where there was something.</summary>
    /// <param name="stream">The stream to the reader.</param>
    /// <param name="lag">Is told how far the reader is behind.</param>
    /// <param name="cancellationToken">The watch's.</param>
    Task<bool> SendAsync(PatientWriter<TMessage> stream, WatchLag lag, CancellationToken cancellationToken);

    /// <summary>The message that says that this is all, and the token that resumes behind it.</summary>
    (TMessage Message, string ResumeToken) Checkpoint();
}

/// <summary>Keeps a watch going: sends what there is, then whatever is committed, and a checkpoint every ten seconds while nothing is.</summary>
public sealed class WatchLoop<TContext>(ChangeSignal<TContext> signal, WatchMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider time)
    where TContext : DbContext
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the reader or this service ends it.</summary>
    /// <param name="reader">The stream to the reader.</param>
    /// <param name="method">The method, for the metrics.</param>
    /// <param name="resumeToken">The token that the reader brought; empty for none.</param>
    /// <param name="start">Reads the token and says where the watch begins.</param>
    /// <param name="cancellationToken">The call's.</param>
    public async Task RunAsync<TMessage>(
        IServerStreamWriter<TMessage> reader,
        string method,
        string resumeToken,
        Func<CancellationToken, Task<IWatch<TMessage>>> start,
        CancellationToken cancellationToken)
    {
        var stream = new PatientWriter<TMessage>(reader, resumeToken, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var watch = await start(stop.Token);
        using var lag = metrics.Begin(method);
        for (var due = time.GetTimestamp(); ;)
        {
            var committed = signal.Next;
            if (await watch.SendAsync(stream, lag, stop.Token))
            {
                due = time.GetTimestamp();
                continue;
            }

            if (time.GetElapsedTime(due) >= TimeSpan.Zero)
            {
                var (message, token) = watch.Checkpoint();
                await stream.WriteAsync(message, token, stop.Token);
                due = time.GetTimestamp() + (long)(Heartbeat.TotalSeconds * time.TimestampFrequency);
            }

            await WaitAsync(committed, -time.GetElapsedTime(due), stop.Token);
        }
    }

    private async Task WaitAsync(Task committed, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await committed.WaitAsync(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing happened: the next round sends the checkpoint that says so.
        }
    }
}
