using Grpc.Core;
using PlanServices.Reporting.V1;

namespace PlanServices.Dashboard.Features.Overview;

/// <summary>Follows a period's figures while a page is open, and goes on by itself when the service comes back.</summary>
internal sealed class SummaryWatch(ReportService.ReportServiceClient reports, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="name"><c>plans/{plan}/periods/{period}/summary</c>.</param>
    /// <param name="changed">Gets each summary.</param>
    /// <param name="lost">Is told when the connection is lost, and whether because the person's sign-in is over: then it is not tried again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(string name, Func<StatusSummary, Task> changed, Func<bool, Task> lost, CancellationToken cancellationToken)
    {
        var pause = First;
        var refused = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var signedOut = false;
            try
            {
                using var call = reports.WatchStatusSummary(new WatchStatusSummaryRequest { Name = name }, cancellationToken: cancellationToken);
                await foreach (var summary in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    (pause, refused) = (First, false);
                    await changed(summary);
                }
            }
            catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
            {
                // Said on the page below, and tried again. A token may be refused once: an issuer that was started again has other keys.
                var unauthenticated = e.StatusCode is StatusCode.Unauthenticated;
                (signedOut, refused) = (unauthenticated && refused, unauthenticated);
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException)
            {
                return;
            }

            await lost(signedOut);
            if (signedOut)
                return;

            try
            {
                await Task.Delay(pause, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < Longest ? pause * 2 : Longest;
        }
    }
}
