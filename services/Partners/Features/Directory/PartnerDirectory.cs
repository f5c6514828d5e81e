using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Officers;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.Features.Reviews;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Caching;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners.Features.Directory;

/// <summary>
/// Hands out the directory from memory: a few hundred bodies that change a few times a year. Read again after a commit that
/// gave the directory a new revision, before the writer is told: a caller reads what it wrote. What another process wrote is seen when this
/// one hears of it, after <see cref="CachingOptions.MostStale"/> at the latest, and at once by a call that asks for its revision.
/// </summary>
internal sealed class PartnerDirectory : IDisposable
{
    private readonly IDbContextFactory<PartnersContext> _contexts;
    private readonly CommitNews<PartnersContext> _news;
    private readonly TimeProvider _time;
    private readonly TimeSpan _mostStale;
    private readonly SemaphoreSlim _reading = new(1);
    private Held? _held;

    public PartnerDirectory(
        IDbContextFactory<PartnersContext> contexts, CommitNews<PartnersContext> news, IOptions<CachingOptions> options, TimeProvider time)
    {
        (_contexts, _news, _time) = (contexts, news, time);
        _mostStale = options.Value.MostStale;
    }

    /// <summary>The directory, no older than the last commit of this process.</summary>
    public ValueTask<DirectorySnapshot> GetAsync(CancellationToken cancellationToken) => GetAsync(0, cancellationToken);

    /// <summary>The same, and no older than the call asks for. UNAVAILABLE where it has not reached that revision.</summary>
    public ValueTask<DirectorySnapshot> GetAsync(ServerCallContext context) => GetAsync(MinRevision.Of(context), context.CancellationToken);

    public void Dispose() => _reading.Dispose();

    private ValueTask<DirectorySnapshot> GetAsync(long least, CancellationToken cancellationToken) =>
        Volatile.Read(ref _held) is { } held && IsGood(held, least)
            ? ValueTask.FromResult(held.Snapshot)
            : new ValueTask<DirectorySnapshot>(ReadAsync(least, cancellationToken));

    private bool IsGood(Held held, long least) =>
        held.Commits == _news.Commits && held.Snapshot.Revision >= least && _time.GetElapsedTime(held.ReadAt) < _mostStale;

    private async Task<DirectorySnapshot> ReadAsync(long least, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            // Counted before the reading: a commit that comes in between makes what is read here stale, never the reverse.
            var (commits, at) = (_news.Commits, _time.GetTimestamp());
            var held = _held;
            if (held is not null && IsGood(held, least))
                return held.Snapshot;

            var snapshot = await ReadAsync(held?.Snapshot, cancellationToken);
            Volatile.Write(ref _held, new Held(commits, at, snapshot));
            return snapshot.Revision >= least ? snapshot : throw MinRevision.NotReached("The directory", snapshot.Revision, least);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<DirectorySnapshot> ReadAsync(DirectorySnapshot? last, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        // All parts are read in one transaction, so that they are of one revision.
        await using var transaction = await db.Database.BeginReadAsync(cancellationToken);
        var revision = await db.DirectoryStates.Select(s => s.Revision).SingleAsync(cancellationToken);
        if (last?.Revision == revision)
            return last;

        var partners = await db.Partners.AsNoTracking().ToListAsync(cancellationToken);
        var officers = await db.Officers.AsNoTracking().Include(o => o.Partner).ToListAsync(cancellationToken);
        var relations = await db.Relations.AsNoTracking().ToListAsync(cancellationToken);
        var settled = await db.LeadReviews.AsNoTracking().Where(r => r.State != LeadReview.Types.State.Open).ToListAsync(cancellationToken);
        return new DirectorySnapshot(
            revision,
            partners.Select(p => p.ToMessage()),
            officers.Select(o => o.ToMessage()),
            relations.Select(r => r.ToMessage()),
            settled.Select(r => (r.Key, r.ToMessage())));
    }

    private sealed record Held(long Commits, long ReadAt, DirectorySnapshot Snapshot);
}
