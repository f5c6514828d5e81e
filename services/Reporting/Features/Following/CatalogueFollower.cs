using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Model;
using PlanServices.ServiceDefaults.Changes;

namespace PlanServices.Reporting.Features.Following;

/// <summary>Follows the catalogue into the read model.</summary>
internal sealed partial class CatalogueFollower(
    ActionService.ActionServiceClient catalogue,
    IDbContextFactory<ReportingContext> contexts,
    PlanModels plans,
    ModelProgress progress,
    IConfiguration configuration,
    FollowerMetrics metrics,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<CatalogueFollower> logger)
    : StreamFollower("The catalogue", lifetime, time, logger), IHealthCheck
{
    /// <summary>The setting that has the model built anew from the catalogue when the service starts: <c>true</c> or <c>false</c>.</summary>
    public const string RebuildKey = "Reporting:Rebuild";

    private bool _rebuild = configuration.GetValue<bool>(RebuildKey);

    /// <summary>Ready once it has caught up; degraded while the catalogue is out of reach, since the answers may be old then.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((progress.CaughtUp, Connected) switch
        {
            (false, _) => HealthCheckResult.Unhealthy("The catalogue has not been read yet."),
            (_, false) => HealthCheckResult.Degraded("The catalogue is out of reach; answers may be old."),
            _ => HealthCheckResult.Healthy(),
        });

    protected override async Task<IFollowing> OpenAsync(CancellationToken cancellationToken)
    {
        var model = new CatalogueModel(contexts, plans, Time);
        if (_rebuild)
        {
            Log.Rebuilding(logger);
            await model.ClearAsync(cancellationToken);
            _rebuild = false;
        }

        var token = await model.ReadAsync(cancellationToken);
        progress.Moved();
        var watch = catalogue.WatchChanges(
            new WatchChangesRequest { Parent = "plans/-", ResumeToken = token }, cancellationToken: cancellationToken);
        return new Following(watch, model, progress, metrics, token.Length > 0, logger);
    }

    protected override async Task ForgetAsync(CancellationToken cancellationToken)
    {
        // Said before: who finds nothing is not to take it for nowhere.
        progress.BeganAnew();
        await using var model = new CatalogueModel(contexts, plans, Time);
        await model.ClearAsync(cancellationToken);
    }

    private sealed class Following(AsyncServerStreamingCall<WatchChangesResponse> watch, CatalogueModel model, ModelProgress progress, FollowerMetrics metrics, bool resumed, ILogger logger)
        : IFollowing
    {
        public bool Resumed => resumed;

        public Task<bool> NextAsync(CancellationToken cancellationToken) => watch.ResponseStream.MoveNext(cancellationToken);

        public async Task<bool> ApplyAsync(CancellationToken cancellationToken)
        {
            var message = watch.ResponseStream.Current;
            var applied = await model.ApplyAsync(message, cancellationToken);
            if (applied == Applied.Elsewhere)
            {
                Log.Elsewhere(logger);
                return false;
            }

            if (message.Kind == WatchChangesResponse.Types.Kind.Checkpoint)
                progress.ReachedTheEnd();
            else if (applied == Applied.Whole)
            {
                metrics.Shown(message);
                progress.Moved();
            }

            return true;
        }

        public ValueTask DisposeAsync()
        {
            watch.Dispose();
            return model.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The model is thrown away and built anew, as was asked for")]
        public static partial void Rebuilding(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Another process wrote this read model; it is read again. Give each process one of its own (ConnectionStrings:reporting)")]
        public static partial void Elsewhere(ILogger logger);
    }
}
