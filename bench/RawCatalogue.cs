using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PlanServices.Actions.V1;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Kind = PlanServices.Actions.V1.WatchChangesResponse.Types.Kind;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Bench;

/// <summary>
/// A catalogue that made up its snapshots before anybody asks and sends them as bytes, so that what is measured is who reads them.
/// </summary>
internal sealed class RawCatalogue
{
    private const int ChangesInOneMessage = 200;

    private readonly List<byte[]> _messages = [];

    /// <summary>How many changes it sends.</summary>
    public int Changes { get; private set; }

    /// <summary>Adds a plan: its leaves led by forty bodies, one leaf in ten a sub-action, an update for each leaf and period.</summary>
    public void Add(string plan, int leaves, int periods)
    {
        var all = new List<Change> { new() { Plan = new Plan { Name = $"plans/{plan}", DisplayName = plan } } };
        all.AddRange(Enumerable.Range(1, 4).Select(t => new Change { Theme = new Theme { Name = $"plans/{plan}/themes/t{t}", DisplayName = $"Theme {t}", Position = t } }));
        all.AddRange(Enumerable.Range(0, periods).Select(p => new Change { Period = new Period { Name = $"plans/{plan}/periods/{PeriodId(p)}", DisplayName = PeriodId(p) } }));
        var refs = Enumerable.Range(0, leaves).Select(i => i % 10 == 0 ? $"V{i / 30 * 30}.{i}" : $"V{i}").ToArray();
        all.AddRange(refs.Select((reference, i) => new Change { PlanAction = Action(plan, reference, i) }));
        var (message, size) = (NewMessage(plan, reset: true), 0);
        foreach (var change in all.Concat(Updates(plan, refs, periods)))
        {
            if (size == ChangesInOneMessage)
            {
                _messages.Add(message.ToByteArray());
                (message, size) = (NewMessage(plan, reset: false), 0);
            }

            (change.Revision, change.ChangeTime) = (1, Timestamp.FromDateTime(DateTime.UnixEpoch));
            message.Changes.Add(change);
            size++;
            Changes++;
        }

        (message.Consistent, message.ResumeToken) = (true, plan);
        _messages.Add(message.ToByteArray());
    }

    /// <summary>The id of the newest period of so many.</summary>
    public static string PeriodId(int p) => $"{1980 + (p / 12)}-{(p % 12) + 1:D2}";

    /// <summary>Sends all to a watcher without a token, and is silent then.</summary>
    public async Task WatchAsync(WatchChangesRequest request, IServerStreamWriter<byte[]> stream, ServerCallContext context)
    {
        if (request.ResumeToken.Length == 0)
        {
            foreach (var message in _messages)
                await stream.WriteAsync(message, context.CancellationToken);
        }

        var checkpoint = new WatchChangesResponse { Kind = Kind.Checkpoint, Consistent = true, ResumeToken = "all" }.ToByteArray();
        while (true)
        {
            await stream.WriteAsync(checkpoint, context.CancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(10), context.CancellationToken);
        }
    }

    private static IEnumerable<Change> Updates(string plan, string[] refs, int periods) =>
        from p in Enumerable.Range(0, periods)
        from i in Enumerable.Range(0, refs.Length)
        select new Change { ProgressUpdate = Update(plan, refs[i], PeriodId(p), p + i) };

    private static PlanAction Action(string plan, string reference, int i)
    {
        var action = new PlanAction
        {
            Name = $"plans/{plan}/actions/{reference}",
            Ref = reference,
            Theme = $"plans/{plan}/themes/t{(i % 4) + 1}",
            Title = $"Walk beat {i} with those who live there",
            ParentAction = reference.Contains('.', StringComparison.Ordinal) ? $"plans/{plan}/actions/{reference[..reference.IndexOf('.', StringComparison.Ordinal)]}" : "",
            State = PlanAction.Types.State.Active,
            Leaf = true,
        };
        action.DeliveryLeads.Add(new DeliveryLead { Text = $"Body {i % 40}", Partner = $"partners/body-{i % 40}" });
        return action;
    }

    private static ProgressUpdate Update(string plan, string reference, string period, int i) => new()
    {
        Name = $"plans/{plan}/actions/{reference}/updates/{period}",
        Narrative = $"Beat {i} was walked in the morning and the evening, and those who live there were asked what worries them most.",
        Status = (Status)(i % 7),
        Direction = (Direction)(i % 4),
        State = (State)((i % 4) + 1),
        Etag = "1",
        Revision = 1,
        CreateTime = Timestamp.FromDateTime(DateTime.UnixEpoch.AddDays(i)),
        UpdateTime = Timestamp.FromDateTime(DateTime.UnixEpoch.AddDays(i)),
    };

    private static WatchChangesResponse NewMessage(string plan, bool reset) =>
        new() { Kind = Kind.Snapshot, Plan = $"plans/{plan}", Revision = 1, Reset = reset };
}
