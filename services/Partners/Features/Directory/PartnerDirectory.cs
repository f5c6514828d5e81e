using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Officers;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.Features.Reviews;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Partners.Features.Directory;

/// <summary>
/// Hands out the directory from memory: a few hundred bodies that change a few times a year. Read again after a commit that
/// gave the directory a new revision, before the writer is told: a caller reads what it wrote.
/// </summary>
internal sealed class PartnerDirectory : IDisposable
{
    private readonly IDbContextFactory<PartnersContext> _contexts;
    private readonly SingleWriter<PartnersContext> _writer;
    private readonly SemaphoreSlim _reading = new(1);
    private long _commits;
    private Held? _held;

    public PartnerDirectory(IDbContextFactory<PartnersContext> contexts, SingleWriter<PartnersContext> writer)
    {
        _contexts = contexts;
        _writer = writer;
        _writer.Committed += CountCommit;
    }

    /// <summary>The directory, no older than the last commit of this process.</summary>
    public ValueTask<DirectorySnapshot> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _held) is { } held && held.Commits == Interlocked.Read(ref _commits)
            ? ValueTask.FromResult(held.Snapshot)
            : new ValueTask<DirectorySnapshot>(ReadAsync(cancellationToken));

    public void Dispose()
    {
        _writer.Committed -= CountCommit;
        _reading.Dispose();
    }

    private void CountCommit() => Interlocked.Increment(ref _commits);

    private async Task<DirectorySnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            // Counted before the reading: a commit that comes in between makes what is read here stale, never the reverse.
            var commits = Interlocked.Read(ref _commits);
            var held = _held;
            if (held?.Commits == commits)
                return held.Snapshot;

            var snapshot = await ReadAsync(held?.Snapshot, cancellationToken);
            Volatile.Write(ref _held, new Held(commits, snapshot));
            return snapshot;
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

    private sealed record Held(long Commits, DirectorySnapshot Snapshot);
}
