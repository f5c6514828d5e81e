using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Reporting.Features.Following;

/// <summary>Follows the catalogue for as long as the service runs, through every loss of the connection.</summary>
internal sealed partial class CatalogueFollower(
    ActionService.ActionServiceClient catalogue,
    IDbContextFactory<ReportingContext> contexts,
    ModelProgress progress,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<CatalogueFollower> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    // The catalogue says something every 15 seconds at least; one that is silent for three times as long is gone without a word.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    private volatile bool _connected;

    /// <summary>Ready once it has caught up; degraded while the catalogue is out of reach, since the answers may be old then.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((progress.CaughtUp, _connected) switch
        {
            (false, _) => HealthCheckResult.Unhealthy("The catalogue has not been read yet."),
            (_, false) => HealthCheckResult.Degraded("The catalogue is out of reach; answers may be old."),
            _ => HealthCheckResult.Healthy(),
        });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await FollowAsync(() => pause = FirstPause, stoppingToken);
                Log.Ended(logger, pause.TotalMilliseconds);
            }
            catch (RpcException) when (stoppingToken.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException e)
            {
                Log.Lost(logger, e.StatusCode, e.Status.Detail, pause.TotalMilliseconds);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the process goes on: answers are old at worst, and health says so.
                Log.Failed(logger, e, pause.TotalMilliseconds);
            }
            finally
            {
                _connected = false;
            }

            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task FollowAsync(Action received, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        await using var model = new CatalogueModel(contexts, time);
        var token = await model.ResumeTokenAsync(cancellationToken);
        using var watch = catalogue.WatchChanges(
            new WatchChangesRequest { Parent = "plans/-", ResumeToken = token }, cancellationToken: stop.Token);
        try
        {
            await foreach (var message in watch.ResponseStream.ReadAllAsync(stop.Token))
            {
                silence.CancelAfter(LongestSilence);
                received();
                _connected = true;
                var whole = await model.ApplyAsync(message, cancellationToken);
                if (message.Kind == WatchChangesResponse.Types.Kind.Checkpoint)
                    progress.ReachedTheEnd();
                else if (whole)
                    progress.Moved();
            }
        }
        catch (RpcException e) when (token.Length > 0 && ExpiredToken.Is(e))
        {
            Log.Expired(logger);
            await model.ClearAsync(cancellationToken);
            progress.BeganAnew();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue is out of reach ({Status}: {Detail}); trying again in {Milliseconds} ms")]
        public static partial void Lost(ILogger logger, StatusCode status, string detail, double milliseconds);

        [LoggerMessage(Level = LogLevel.Information, Message = "The catalogue ended the stream; watching again in {Milliseconds} ms")]
        public static partial void Ended(ILogger logger, double milliseconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue's change log is another one than before; the model is built anew")]
        public static partial void Expired(ILogger logger);

        [LoggerMessage(Level = LogLevel.Error, Message = "A change could not be taken over; trying again in {Milliseconds} ms")]
        public static partial void Failed(ILogger logger, Exception exception, double milliseconds);
    }
}
