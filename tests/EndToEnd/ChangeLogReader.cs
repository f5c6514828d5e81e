using Grpc.Core;
using Grpc.Net.Client;
using PlanServices.Actions.V1;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests;

/// <summary>Reads the change log of the plan fenland, at one server after another: each time from where the last reading ended.</summary>
internal sealed class ChangeLogReader
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _resumeToken = "";

    /// <summary>The updates that were changed, in the order in which they came.</summary>
    public List<(long Revision, string Name, string Narrative)> Changes { get; } = [];

    public long Reached { get; private set; }

    /// <summary>Ends with the first state that was whole: what was written before it is in the snapshot, and no change.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Reads until a revision, or until the server is gone.</summary>
    public async Task ReadAsync(GrpcChannel channel, long until)
    {
        using var watch = new ActionService.ActionServiceClient(channel).WatchChanges(
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
                _begun.TrySetResult();
            }
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled)
        {
            // It is gone; what was received is kept with where to go on.
        }
    }
}
