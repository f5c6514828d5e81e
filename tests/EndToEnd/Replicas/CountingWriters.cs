using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests.Replicas;

/// <summary>
/// Writers that count in the narratives of a few leaves: each reads a number and writes the next one with the etag of what it read,
/// each call at the next replica. What fails for want of a replica is sent again to another, with the same request id.
/// </summary>
internal sealed class CountingWriters(Func<IReadOnlyList<ServiceProcess>> replicas, int leaves)
{
    private const int MostAttempts = 200;

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
        for (var attempt = 1; ; attempt++)
        {
            var all = replicas();
            var replica = all[(int)((uint)Interlocked.Increment(ref _next) % all.Count)];
            try
            {
                return await call(new ProgressService.ProgressServiceClient(replica.Channel));
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled && attempt < MostAttempts)
            {
                // It is gone, or going: another one.
                Interlocked.Increment(ref Healed);
            }
            catch (ObjectDisposedException) when (attempt < MostAttempts)
            {
                Interlocked.Increment(ref Healed);
            }
        }
    }
}
