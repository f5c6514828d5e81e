using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests.Replicas;

/// <summary>Reads the change log at one replica after another, from the first revision to a given one.</summary>
internal sealed class ChangeLogReader
{
    private string _resumeToken = "";

    /// <summary>The updates that were changed, in the order in which they came.</summary>
    public List<(long Revision, string Name, string Narrative)> Changes { get; } = [];

    public long Reached { get; private set; }

    /// <summary>Reads until a revision, or until the replica ends the stream.</summary>
    public async Task ReadAsync(ServiceProcess replica, long until)
    {
        using var watch = new ActionService.ActionServiceClient(replica.Channel).WatchChanges(
            new WatchChangesRequest { Parent = "plans/fenland", ResumeToken = _resumeToken }, cancellationToken: Deadline.Token);
        List<(long, string, string)> part = [];
        try
        {
            while (Reached < until && await watch.ResponseStream.MoveNext(Deadline.Token))
            {
                var message = watch.ResponseStream.Current;
                if (message.Kind == WatchChangesResponse.Types.Kind.Changes)
                    part.AddRange(message.Changes.Select(c => (c.Revision, c.ProgressUpdate?.Name ?? "", c.ProgressUpdate?.Narrative ?? "")));
                if (!message.Consistent)
                    continue;

                Changes.AddRange(part);
                part.Clear();
                (_resumeToken, Reached) = (message.ResumeToken, Math.Max(Reached, message.Revision));
            }
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled)
        {
            // The replica is gone; what was received is kept with where to go on.
        }
    }
}
