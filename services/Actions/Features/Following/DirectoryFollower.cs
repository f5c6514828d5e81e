using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Changes;

namespace PlanServices.Actions.Features.Following;

/// <summary>Keeps the <see cref="DirectoryModel"/> in step with the directory.</summary>
internal sealed class DirectoryFollower(
    PartnerService.PartnerServiceClient partners,
    DirectoryModel model,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DirectoryFollower> logger)
    : StreamFollower("The partner directory", lifetime, time, logger), IHealthCheck
{
    private readonly DirectoryModel _model = model;
    private string _resumeToken = "";

    /// <summary>Degraded while the directory is out of reach: the catalogue works on, but leads and memberships may be old.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Connected
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("The partner directory is out of reach; leads and memberships may be old."));

    protected override Task<IFollowing> OpenAsync(CancellationToken cancellationToken)
    {
        var watch = partners.WatchPartners(new WatchPartnersRequest { ResumeToken = _resumeToken }, cancellationToken: cancellationToken);
        return Task.FromResult<IFollowing>(new Following(watch, this, _resumeToken.Length > 0));
    }

    protected override Task ForgetAsync(CancellationToken cancellationToken)
    {
        // The snapshot to come replaces what is known; until then that is better than nothing, and grows old.
        _resumeToken = "";
        return Task.CompletedTask;
    }

    private sealed class Following(AsyncServerStreamingCall<WatchPartnersResponse> watch, DirectoryFollower follower, bool resumed) : IFollowing
    {
        public bool Resumed => resumed;

        public Task<bool> NextAsync(CancellationToken cancellationToken) => watch.ResponseStream.MoveNext(cancellationToken);

        public Task<bool> ApplyAsync(CancellationToken cancellationToken)
        {
            var message = watch.ResponseStream.Current;
            follower._model.Apply(message);
            if (message.Consistent)
                follower._resumeToken = message.ResumeToken;
            return Task.FromResult(true);
        }

        public ValueTask DisposeAsync()
        {
            watch.Dispose();
            follower._model.DropPart();
            return ValueTask.CompletedTask;
        }
    }
}
