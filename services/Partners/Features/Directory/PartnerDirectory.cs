using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
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
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        // The revision first: a change that another process makes in between is read now and again, never missed.
        var revision = await context.DirectoryStates.Select(s => s.Revision).SingleOrDefaultAsync(cancellationToken);
        if (last?.Revision == revision)
            return last;

        var entities = await context.Partners
            .AsNoTracking()
            .AsSingleQuery()
            .Include(p => p.Aliases)
            .Include(p => p.Numbers)
            .ToListAsync(cancellationToken);
        return new DirectorySnapshot(revision, entities.Select(PartnerMapping.ToMessage));
    }

    private sealed record Held(long Commits, DirectorySnapshot Snapshot);
}
