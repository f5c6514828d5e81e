using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>
/// Follows another service's changes for as long as this one runs, through every loss of the connection: it watches, and watches again
/// after a pause that doubles from 0.2 to 10 seconds. A stream that is silent for 45 seconds is given up, since each says something
/// every 15 seconds at least.
/// </summary>
/// <param name="what">What is followed, for the log: "The catalogue".</param>
public abstract partial class StreamFollower(string what, IHostApplicationLifetime lifetime, TimeProvider time, ILogger logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    private volatile bool _connected;

    /// <summary>True while a stream is open and has said something.</summary>
    public bool Connected => _connected;

    protected TimeProvider Time => time;

    /// <summary>Opens the stream, from where the last one ended.</summary>
    protected abstract Task<IFollowing> OpenAsync(CancellationToken cancellationToken);

    /// <summary>The service does not know the token any more: forget all, and begin from nothing.</summary>
    protected abstract Task ForgetAsync(CancellationToken cancellationToken);

    /// <summary>The stream ended or could not be opened; another is tried after a pause.</summary>
    protected virtual void Lost()
    {
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await FollowAsync(() => pause = FirstPause, stoppingToken);
                Log.Ended(logger, what, pause.TotalMilliseconds);
            }
            catch (RpcException) when (stoppingToken.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException e)
            {
                Log.Lost(logger, what, e.StatusCode, e.Status.Detail, pause.TotalMilliseconds);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the process goes on: answers are old at worst, and health says so.
                Log.Failed(logger, e, what, pause.TotalMilliseconds);
            }
            finally
            {
                _connected = false;
            }

            Lost();
            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task FollowAsync(Action received, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(cancellationToken);
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            while (await stream.NextAsync(stop.Token))
            {
                // However long it takes to apply a message: that is no silence of the other side.
                silence.CancelAfter(Timeout.InfiniteTimeSpan);
                if (!await stream.ApplyAsync(cancellationToken))
                    return;

                received();
                _connected = true;
                silence.CancelAfter(LongestSilence);
            }
        }
        catch (RpcException e) when (stream.Resumed && ExpiredToken.Is(e))
        {
            Log.Expired(logger, what);
            await ForgetAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{What} is out of reach ({Status}: {Detail}); trying again in {Milliseconds} ms")]
        public static partial void Lost(ILogger logger, string what, StatusCode status, string detail, double milliseconds);

        [LoggerMessage(Level = LogLevel.Information, Message = "{What} ended the stream; watching again in {Milliseconds} ms")]
        public static partial void Ended(ILogger logger, string what, double milliseconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{What} has another change log than before; what is known of it is built anew")]
        public static partial void Expired(ILogger logger, string what);

        [LoggerMessage(Level = LogLevel.Error, Message = "A change of {What} could not be taken over; trying again in {Milliseconds} ms")]
        public static partial void Failed(ILogger logger, Exception exception, string what, double milliseconds);
    }
}

/// <summary>One stream that a <see cref="StreamFollower"/> opened.</summary>
public interface IFollowing : IAsyncDisposable
{
    /// <summary>Whether it goes on behind a token.</summary>
    bool Resumed { get; }

    /// <summary>Waits for the next message; false where the stream ended.</summary>
    Task<bool> NextAsync(CancellationToken cancellationToken);

    /// <summary>Applies the message; false where the stream is to be opened anew.</summary>
    Task<bool> ApplyAsync(CancellationToken cancellationToken);
}
