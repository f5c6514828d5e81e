using System.Diagnostics;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Features.Following;

/// <summary>
/// Writes what the catalogue sends into the read model. Messages that belong together are one transaction, and so is the token that
/// resumes behind them: no reader sees half a revision, and nothing is applied twice.
/// </summary>
internal sealed class CatalogueModel(IDbContextFactory<ReportingContext> contexts, TimeProvider time) : IAsyncDisposable
{
    private static readonly HashSet<Change.ResourceOneofCase> Kept =
    [
        Change.ResourceOneofCase.Plan, Change.ResourceOneofCase.Theme, Change.ResourceOneofCase.Period, Change.ResourceOneofCase.PlanAction,
        Change.ResourceOneofCase.ProgressUpdate, Change.ResourceOneofCase.Deleted,
    ];

    private ReportingContext? _db;
    private IDbContextTransaction? _transaction;
    private bool _expunged;

    /// <summary>Where to go on; empty to begin from nothing.</summary>
    public async Task<string> ResumeTokenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Positions.Select(p => p.ResumeToken).SingleOrDefaultAsync(cancellationToken) ?? "";
    }

    /// <summary>Forgets everything, what was not whole yet included.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Resources.ExecuteDeleteAsync(cancellationToken);
        await db.Plans.ExecuteDeleteAsync(cancellationToken);
        await db.Positions.ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Applies a message; true where the model shows it now, and false where more of the same state is to come.</summary>
    public async Task<bool> ApplyAsync(WatchChangesResponse message, CancellationToken cancellationToken)
    {
        _db ??= await contexts.CreateDbContextAsync(cancellationToken);
        _transaction ??= await _db.Database.BeginTransactionAsync(cancellationToken);
        if (message.Plan.Length > 0 && message.Kind != WatchChangesResponse.Types.Kind.Checkpoint)
            await ApplyAsync(_db, message, cancellationToken);
        _expunged |= message.Changes.Any(c => c.ResourceCase == Change.ResourceOneofCase.Expunged);
        if (!message.Consistent)
            return false;

        var position = await _db.Positions.SingleOrDefaultAsync(cancellationToken);
        if (position is null)
            _db.Add(new FollowerPosition { ResumeToken = message.ResumeToken });
        else
            position.ResumeToken = message.ResumeToken;

        await _db.SaveChangesAsync(cancellationToken);
        await _transaction.CommitAsync(cancellationToken);
        if (_expunged)
            await ForgetAsync(cancellationToken);
        else
            await DisposeAsync();
        return true;
    }

    // A text was removed: no free page of the database may keep it.
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.CompactAsync(time, cancellationToken);
        _expunged = false;
    }

    /// <summary>Drops what was applied and is not whole.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_db is not null)
            await _db.DisposeAsync();

        (_transaction, _db) = (null, null);
    }

    private static async Task ApplyAsync(ReportingContext db, WatchChangesResponse message, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Name == message.Plan, cancellationToken);
        if (plan is null)
        {
            plan = new FollowedPlan { Name = message.Plan };
            db.Add(plan);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (message.Reset)
        {
            await db.Resources.Where(r => r.PlanId == plan.Id).ExecuteDeleteAsync(cancellationToken);
            (plan.Revision, plan.ChangeTime) = (0, default);
        }

        var changes = New(message, plan);
        var names = changes.Select(NameOf).Distinct().ToArray();
        var known = await db.Resources.Where(r => names.Contains(r.Name)).ToDictionaryAsync(r => r.Name, cancellationToken);
        foreach (var change in changes)
        {
            Apply(db, plan.Id, change, known);
            if (change.ChangeTime?.ToDateTime() is { } made && made > plan.ChangeTime)
                plan.ChangeTime = made;
        }

        // The revision stays the one before until all of the new one is there.
        if (message.Consistent && message.Revision > plan.Revision)
            plan.Revision = message.Revision;

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    // Without what the model does not keep, and without changes that it has already.
    private static List<Change> New(WatchChangesResponse message, FollowedPlan plan) =>
        [.. message.Changes.Where(c => Kept.Contains(c.ResourceCase)
            && (message.Kind == WatchChangesResponse.Types.Kind.Snapshot || c.Revision > plan.Revision))];

    private static void Apply(ReportingContext db, int planId, Change change, Dictionary<string, FollowedResource> known)
    {
        var name = NameOf(change);
        if (change.ResourceCase == Change.ResourceOneofCase.Deleted)
        {
            if (known.Remove(name, out var gone))
                db.Remove(gone);
            return;
        }

        var (kind, resource) = ResourceOf(change);
        if (known.TryGetValue(name, out var row))
        {
            row.Message = resource.ToByteArray();
            return;
        }

        row = new FollowedResource
        {
            PlanId = planId,
            Kind = kind,
            Name = name,
            Period = kind == ResourceKind.ProgressUpdate ? name[(name.LastIndexOf('/') + 1)..] : "",
            Message = resource.ToByteArray(),
        };
        known.Add(name, row);
        db.Add(row);
    }

    private static string NameOf(Change change) => change.ResourceCase switch
    {
        Change.ResourceOneofCase.Plan => change.Plan.Name,
        Change.ResourceOneofCase.Theme => change.Theme.Name,
        Change.ResourceOneofCase.Period => change.Period.Name,
        Change.ResourceOneofCase.PlanAction => change.PlanAction.Name,
        Change.ResourceOneofCase.ProgressUpdate => change.ProgressUpdate.Name,
        Change.ResourceOneofCase.Deleted => change.Deleted,
        _ => throw new UnreachableException($"A change of {change.ResourceCase} has no name."),
    };

    private static (ResourceKind Kind, IMessage Resource) ResourceOf(Change change) => change.ResourceCase switch
    {
        Change.ResourceOneofCase.Plan => (ResourceKind.Plan, change.Plan),
        Change.ResourceOneofCase.Theme => (ResourceKind.Theme, change.Theme),
        Change.ResourceOneofCase.Period => (ResourceKind.Period, change.Period),
        Change.ResourceOneofCase.PlanAction => (ResourceKind.PlanAction, change.PlanAction),
        Change.ResourceOneofCase.ProgressUpdate => (ResourceKind.ProgressUpdate, change.ProgressUpdate),
        _ => throw new UnreachableException($"A change of {change.ResourceCase} has no resource."),
    };
}
