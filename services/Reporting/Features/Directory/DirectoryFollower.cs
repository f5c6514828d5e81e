using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.Reporting.Features.Following;
using PlanServices.ServiceDefaults.Changes;

namespace PlanServices.Reporting.Features.Directory;

/// <summary>
/// Follows the partner directory for as long as the service runs. While it is out of reach figures are made of what was read last,
/// and say so.
/// </summary>
internal sealed class DirectoryFollower(
    PartnerService.PartnerServiceClient partners,
    ModelProgress progress,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DirectoryFollower> logger)
    : StreamFollower("The partner directory", lifetime, time, logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile PartnerDirectory _current = PartnerDirectory.OutOfReach;
    private string _token = "";

    /// <summary>The directory as it is known.</summary>
    public PartnerDirectory Current => _current;

    /// <summary>The directory as it is known; right after the start, once it was read or proved to be out of reach.</summary>
    public async ValueTask<PartnerDirectory> GetAsync(CancellationToken cancellationToken)
    {
        if (!_tried.Task.IsCompleted)
        {
            await _tried.Task.WaitAsync(Patience, Time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return _current;
    }

    protected override Task<IFollowing> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<IFollowing>(new Following(
        this, partners.WatchPartners(new WatchPartnersRequest { ResumeToken = _token }, cancellationToken: cancellationToken), _token.Length > 0));

    protected override Task ForgetAsync(CancellationToken cancellationToken)
    {
        _token = "";
        return Task.CompletedTask;
    }

    protected override void Lost()
    {
        Show(_current.Lost());
        _tried.TrySetResult();
    }

    private void Show(PartnerDirectory directory)
    {
        if (ReferenceEquals(_current, directory))
            return;

        _current = directory;
        progress.Moved();
    }

    private sealed class Following(DirectoryFollower follower, AsyncServerStreamingCall<WatchPartnersResponse> watch, bool resumed) : IFollowing
    {
        private readonly List<DirectoryChange> _changes = [];
        private bool _reset;

        public bool Resumed => resumed;

        public Task<bool> NextAsync(CancellationToken cancellationToken) => watch.ResponseStream.MoveNext(cancellationToken);

        public Task<bool> ApplyAsync(CancellationToken cancellationToken)
        {
            var message = watch.ResponseStream.Current;
            if (message.Reset)
            {
                _changes.Clear();
                _reset = true;
            }

            _changes.AddRange(message.Changes);
            if (!message.Consistent)
                return Task.FromResult(true);

            follower.Show(_changes.Count > 0 || _reset ? follower._current.With(_changes, _reset) : follower._current.Followed());
            follower._token = message.ResumeToken;
            _changes.Clear();
            _reset = false;
            follower._tried.TrySetResult();
            return Task.FromResult(true);
        }

        public ValueTask DisposeAsync()
        {
            watch.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
