using System.Threading.Channels;
using Grpc.Core;
using PlanServices.Actions.V1;

namespace PlanServices.Reporting.Tests;

/// <summary>A catalogue that sends what a test tells it to.</summary>
public sealed class FakeCatalogue : ActionService.ActionServiceBase
{
    private readonly Channel<Watch> _watches = Channel.CreateUnbounded<Watch>();

    /// <summary>The next call of WatchChanges.</summary>
    public ValueTask<Watch> NextAsync() => _watches.Reader.ReadAsync(Testing.Deadline.Token);

    public override async Task WatchChanges(
        WatchChangesRequest request, IServerStreamWriter<WatchChangesResponse> responseStream, ServerCallContext context)
    {
        var watch = new Watch(request);
        await _watches.Writer.WriteAsync(watch, context.CancellationToken);
        await foreach (var message in watch.ReadAsync(context.CancellationToken))
            await responseStream.WriteAsync(message, context.CancellationToken);
    }
}

/// <summary>The catalogue's plans: each is at the revision that a test says.</summary>
public sealed class FakePlans : PlanService.PlanServiceBase
{
    /// <summary>The newest revision of any plan; null where the catalogue is out of reach.</summary>
    public long? Head { get; set; } = 0;

    public override Task<Plan> GetPlan(GetPlanRequest request, ServerCallContext context) => Head is { } head
        ? Task.FromResult(new Plan { Name = request.Name, HeadRevision = head })
        : throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "gone"));
}

/// <summary>One call of WatchChanges, as the catalogue sees it.</summary>
public sealed class Watch(WatchChangesRequest request)
{
    private readonly Channel<WatchChangesResponse> _messages = Channel.CreateUnbounded<WatchChangesResponse>();

    public WatchChangesRequest Request => request;

    public Watch Send(params WatchChangesResponse[] messages)
    {
        foreach (var message in messages)
            _messages.Writer.TryWrite(message);

        return this;
    }

    /// <summary>Ends the stream, with an error or, without one, as if nothing were wrong.</summary>
    public void End(Exception? error = null) => _messages.Writer.Complete(error);

    internal IAsyncEnumerable<WatchChangesResponse> ReadAsync(CancellationToken cancellationToken) =>
        _messages.Reader.ReadAllAsync(cancellationToken);
}
