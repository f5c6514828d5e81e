using Grpc.Core;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.Reporting.Features.Summaries;

/// <summary>Streams a summary: as it is, and again when a figure or a name in it is another. What comes together is one message.</summary>
internal sealed class SummaryWatcher(
    SummaryReads summaries, ModelProgress progress, WatchMetrics metrics, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How long changes are gathered before the summary is looked at again: well below the second that is promised.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    public async Task WatchAsync(WatchStatusSummaryRequest request, IServerStreamWriter<StatusSummary> reader, ServerCallContext context)
    {
        var stream = new PatientWriter<StatusSummary>(reader, "", time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using var lag = metrics.Begin("WatchStatusSummary");
        var (seen, sent) = (0L, default(StatusSummary));
        while (true)
        {
            var moved = progress.Next;
            var summary = (await summaries.GetAsync(request.Name, request.Audience, context)).Summary;
            lag.Behind(summary.Revision - seen);
            if (sent is null || Differ(sent, summary))
            {
                await stream.WriteAsync(summary, "", stop.Token);
                sent = summary;
            }

            seen = summary.Revision;
            lag.Behind(0);
            await moved.WaitAsync(stop.Token);
            await Task.Delay(Gathering, time, stop.Token);
        }
    }

    // The revision alone is no news: it counts changes of all periods.
    private static bool Differ(StatusSummary sent, StatusSummary now)
    {
        if (ReferenceEquals(sent, now))
            return false;

        var same = now.Clone();
        (same.Revision, same.UpdateTime) = (sent.Revision, sent.UpdateTime);
        return !same.Equals(sent);
    }
}
