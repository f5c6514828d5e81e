using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests.Replicas;

/// <summary>
/// Writers that count in the narratives of a few leaves: each reads a number and writes the next one with the etag of what it read,
/// each call at the next replica. What fails for want of a replica is sent again to the one after it, with the same request id.
/// </summary>
internal sealed class CountingWriters(Func<IReadOnlyList<ServiceProcess>> replicas, int leaves)
{
    // One replica is away at a time and each attempt goes to another, so the second finds one that is there; two more for a call that
    // meets the next one as it goes.
    private const int MostAttempts = 4;

    private int _next;

    /// <summary>What was acknowledged: the narrative, by revision.</summary>
    public ConcurrentDictionary<long, ProgressUpdate> Acknowledged { get; } = [];

    /// <summary>How often a call had to be sent again.</summary>
    public int Healed;

    public async Task WriteAsync(int writer, CancellationToken stop)
    {
        for (var i = writer; !stop.IsCancellationRequested; i++)
        {
            var name = $"plans/fenland/actions/C{(i % leaves) + 1}/updates/2019-01";
            var read = await HealedAsync(c => c.GetProgressUpdateAsync(new GetProgressUpdateRequest { Name = name }, cancellationToken: Deadline.Token));
            var request = new SaveProgressUpdateRequest
            {
                ProgressUpdate = new ProgressUpdate { Name = name, Narrative = $"{CountOf(read) + 1}", Etag = read.Etag },
                RequestId = Guid.CreateVersion7().ToString(),
            };
            try
            {
                var saved = await HealedAsync(c => c.SaveProgressUpdateAsync(request, cancellationToken: Deadline.Token));
                Acknowledged[saved.Revision] = saved;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Aborted)
            {
                // Another counted meanwhile.
            }
        }
    }

    public static int CountOf(ProgressUpdate update) => int.Parse(update.Narrative, CultureInfo.InvariantCulture);

    private async Task<T> HealedAsync<T>(Func<ProgressService.ProgressServiceClient, AsyncUnaryCall<T>> call)
    {
        var first = (uint)Interlocked.Increment(ref _next);
        for (uint attempt = 0; ; attempt++)
        {
            var all = replicas();
            try
            {
                return await call(new ProgressService.ProgressServiceClient(all[(int)((first + attempt) % all.Count)].Channel));
            }
            catch (Exception e) when (IsGone(e) && attempt + 1 < MostAttempts)
            {
                Interlocked.Increment(ref Healed);
            }
        }
    }

    // What a service says is UNAVAILABLE; all else is what became of the connection on this side.
    private static bool IsGone(Exception exception) => exception switch
    {
        RpcException { StatusCode: StatusCode.Unavailable } => true,
        RpcException { StatusCode: StatusCode.Internal or StatusCode.Cancelled } e => e.Status.DebugException is IOException or HttpRequestException,
        ObjectDisposedException => true,
        _ => false,
    };
}
