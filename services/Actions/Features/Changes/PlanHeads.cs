using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using PlanServices.Actions.Data;
using PlanServices.ServiceDefaults.Caching;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Changes;

/// <summary>Where a plan stands.</summary>
/// <param name="Id">The plan's key.</param>
/// <param name="Revision">Its newest revision.</param>
/// <param name="Log">The change log's identity.</param>
internal sealed record PlanHead(int Id, string Plan, long Revision, string Log)
{
    private PlanPoint? _point;

    /// <summary>The point at which an answer is made.</summary>
    public PlanPoint Point(string leads) =>
        _point is { } point && point.Leads == leads ? point : _point = new PlanPoint(Log, Plan, Revision, leads);
}

/// <summary>
/// Knows the newest revision of each plan without asking the database each time: as it was read last, unless this process has heard of a
/// commit since, or it was read too long ago, or the call asks for a newer one. What this process wrote is always seen.
/// </summary>
internal sealed class PlanHeads(
    OpenReads<ActionsContext> reads, CommitNews<ActionsContext> news, IOptions<CachingOptions> options, TimeProvider time)
{
    private static readonly PreparedSql Select = new(
        """SELECT p."Id", p."HeadRevision", i."Id" FROM "plans" p CROSS JOIN "change_log_identity" i WHERE p."Slug" = @p0 AND p."DeleteTime" IS NULL""");

    private readonly ConcurrentDictionary<string, Known> _known = new();
    private readonly TimeSpan _mostStale = options.Value.MostStale;

    /// <summary>Where a plan stands; null where there is none. UNAVAILABLE where it has not reached the least revision.</summary>
    public ValueTask<PlanHead?> FindAsync(string plan, long least, CancellationToken cancellationToken) =>
        _known.TryGetValue(plan, out var known) && known.Head.Revision >= least && IsNew(known) ? new(known.Head) : new(ReadAsync(plan, least, cancellationToken));

    private bool IsNew(Known known) => known.Commits == news.Commits && time.GetElapsedTime(known.ReadAt) < _mostStale;

    private async Task<PlanHead?> ReadAsync(string plan, long least, CancellationToken cancellationToken)
    {
        // Taken before the reading: a commit that comes in between makes what is read here old, never the reverse.
        var (commits, at) = (news.Commits, time.GetTimestamp());
        if (await reads.ReadAsync(plan, ReadAsync, cancellationToken) is not { } head)
        {
            _known.TryRemove(plan, out _);
            return null;
        }

        _known[plan] = new Known(head, commits, at);
        return head.Revision >= least ? head : throw MinRevision.NotReached(ResourceName.Plan.Of(plan), head.Revision, least);
    }

    private static async Task<PlanHead?> ReadAsync(ActionsContext db, string plan, CancellationToken cancellationToken)
    {
        await using var reader = await Select.Bind(db, plan).ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new PlanHead(reader.GetInt32(0), plan, reader.GetInt64(1), reader.GetString(2)) : null;
    }

    private sealed record Known(PlanHead Head, long Commits, long ReadAt);
}
