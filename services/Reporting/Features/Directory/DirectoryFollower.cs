using Grpc.Core;
using PlanServices.Partners.V1;
using PlanServices.Reporting.Features.Following;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Reporting.Features.Directory;

/// <summary>
/// Follows the partner directory for as long as the service runs. While it is out of reach figures are made of what was read last,
/// and say so.
/// </summary>
internal sealed partial class DirectoryFollower(
    PartnerService.PartnerServiceClient partners,
    ModelProgress progress,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<DirectoryFollower> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);
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
            await _tried.Task.WaitAsync(Patience, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return _current;
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
            }
            catch (RpcException) when (stoppingToken.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException e)
            {
                Log.OutOfReach(logger, e.StatusCode, e.Status.Detail, pause.TotalMilliseconds);
                if (_token.Length > 0 && ExpiredToken.Is(e))
                    _token = "";
            }

            Show(_current.Lost());
            _tried.TrySetResult();
            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task FollowAsync(Action received, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        using var watch = partners.WatchPartners(new WatchPartnersRequest { ResumeToken = _token }, cancellationToken: stop.Token);
        var (changes, reset) = (new List<DirectoryChange>(), false);
        await foreach (var message in watch.ResponseStream.ReadAllAsync(stop.Token))
        {
            silence.CancelAfter(LongestSilence);
            received();
            if (message.Reset)
                (changes, reset) = ([], true);
            changes.AddRange(message.Changes);
            if (!message.Consistent)
                continue;

            Show(changes.Count > 0 || reset ? _current.With(changes, reset) : _current.Followed());
            _token = message.ResumeToken;
            (changes, reset) = ([], false);
            _tried.TrySetResult();
        }
    }

    private void Show(PartnerDirectory directory)
    {
        if (ReferenceEquals(_current, directory))
            return;

        _current = directory;
        progress.Moved();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The partner directory is out of reach ({Status}: {Detail}); leads show as they were known last; trying again in {Milliseconds} ms")]
        public static partial void OutOfReach(ILogger logger, StatusCode status, string detail, double milliseconds);
    }
}
