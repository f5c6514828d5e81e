using System.Threading.Channels;
using Grpc.Core;
using PlanServices.Partners.V1;
using Date = Google.Type.Date;

namespace PlanServices.Reporting.Tests;

/// <summary>A partner directory that begins with a constabulary and a council, and sends what a test tells it to.</summary>
public sealed class FakeDirectory : PartnerService.PartnerServiceBase
{
    private readonly Channel<WatchPartnersResponse> _messages = Channel.CreateUnbounded<WatchPartnersResponse>();
    private readonly List<DirectoryChange> _state =
    [
        Body("police", "County Constabulary"), Body("council", "County Council"), Body("board", "Safety Board"), Body("group", "Victims Group"),
    ];

    public static DirectoryChange Body(string id, string name, Action<Partner>? change = null)
    {
        var partner = new Partner { Name = $"partners/{id}", DisplayName = name };
        change?.Invoke(partner);
        return new DirectoryChange { Partner = partner };
    }

    public static DirectoryChange Relation(string id, string partner, Relation.Types.Kind kind, string other, Date? start = null, Date? end = null) => new()
    {
        Relation = new Relation { Name = $"relations/{id}", Partner = $"partners/{partner}", Kind = kind, Other = $"partners/{other}", StartDate = start, EndDate = end },
    };

    /// <summary>Adds to what the next watcher is sent first.</summary>
    public FakeDirectory With(params DirectoryChange[] changes)
    {
        _state.AddRange(changes);
        return this;
    }

    /// <summary>Sends changes to the watcher.</summary>
    public void Send(params DirectoryChange[] changes) => _messages.Writer.TryWrite(new WatchPartnersResponse
    {
        Kind = WatchPartnersResponse.Types.Kind.Changes,
        Changes = { changes },
        Consistent = true,
        ResumeToken = "later",
    });

    /// <summary>Ends the stream as a lost connection does.</summary>
    public void Break() => _messages.Writer.Complete(new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "gone")));

    public override async Task WatchPartners(
        WatchPartnersRequest request, IServerStreamWriter<WatchPartnersResponse> responseStream, ServerCallContext context)
    {
        // In two parts: neither is the directory.
        var first = new WatchPartnersResponse { Kind = WatchPartnersResponse.Types.Kind.Snapshot, Reset = true, Changes = { _state.Take(1) } };
        var second = new WatchPartnersResponse
        {
            Kind = WatchPartnersResponse.Types.Kind.Snapshot,
            Changes = { _state.Skip(1) },
            Consistent = true,
            ResumeToken = "snapshot",
        };
        await responseStream.WriteAsync(first, context.CancellationToken);
        await responseStream.WriteAsync(second, context.CancellationToken);
        await foreach (var message in _messages.Reader.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(message, context.CancellationToken);
    }
}
