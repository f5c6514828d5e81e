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
    private volatile bool _caughtUp;
    private volatile bool _connected;

    /// <summary>Ready once it has caught up; degraded while the catalogue is out of reach, since the answers may be old then.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((_caughtUp, _connected) switch
        {
            (false, _) => HealthCheckResult.Unhealthy("The catalogue has not been read yet."),
            (_, false) => HealthCheckResult.Degraded("The catalogue is out of reach; answers may be old."),
            _ => HealthCheckResult.Healthy(),
        });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(() => pause = FirstPause, stoppingToken);
            }
            catch (RpcException e) when (!stoppingToken.IsCancellationRequested)
            {
                _connected = false;
                Log.Lost(logger, e.StatusCode, e.Status.Detail, pause.TotalMilliseconds);
            }
            catch (RpcException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (DbUpdateException e)
            {
                _connected = false;
                Log.NotStored(logger, e, pause.TotalMilliseconds);
            }

            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task FollowAsync(Action received, CancellationToken cancellationToken)
    {
        await using var model = new CatalogueModel(contexts);
        var token = await model.ResumeTokenAsync(cancellationToken);
        using var watch = catalogue.WatchChanges(
            new WatchChangesRequest { Parent = "plans/-", ResumeToken = token }, cancellationToken: cancellationToken);
        try
        {
            await foreach (var message in watch.ResponseStream.ReadAllAsync(cancellationToken))
            {
                received();
                _connected = true;
                if (await model.ApplyAsync(message, cancellationToken) && message.Kind != WatchChangesResponse.Types.Kind.Checkpoint)
                    progress.Moved();

                _caughtUp |= message.Kind == WatchChangesResponse.Types.Kind.Checkpoint;
            }
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition && token.Length > 0)
        {
            Log.Expired(logger);
            _caughtUp = false;
            await model.DisposeAsync();
            await model.ClearAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue is out of reach ({Status}: {Detail}); trying again in {Milliseconds} ms")]
        public static partial void Lost(ILogger logger, StatusCode status, string detail, double milliseconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue's change log is another one than before; the model is built anew")]
        public static partial void Expired(ILogger logger);

        [LoggerMessage(Level = LogLevel.Error, Message = "A change could not be stored; trying again in {Milliseconds} ms")]
        public static partial void NotStored(ILogger logger, Exception exception, double milliseconds);
    }
}
