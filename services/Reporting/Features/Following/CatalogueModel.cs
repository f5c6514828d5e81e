using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Model;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Features.Following;

/// <summary>What became of a message.</summary>
internal enum Applied
{
    /// <summary>More of the same state is to come.</summary>
    InPart,

    /// <summary>The model shows it now.</summary>
    Whole,

    /// <summary>Nothing: another process wrote the database since this one read it. It has to be read again.</summary>
    Elsewhere,
}

/// <summary>
/// Writes what the catalogue sends into the read model. Messages that belong together are one transaction, and so is the token that
/// resumes behind them: no reader sees half a revision, and nothing is applied twice. Memory follows the commit.
/// </summary>
internal sealed class CatalogueModel(IDbContextFactory<ReportingContext> contexts, PlanModels plans, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<string, PlanStage> _stages = [];
    private ReportingContext? _db;
    private IDbContextTransaction? _transaction;
    private bool _expunged;

    /// <summary>
    /// Makes memory what the database is, unless it is already; the token to go on with, empty to begin from nothing.
    /// </summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(cancellationToken);
        if (await db.Positions.AnyAsync(p => p.Uncompacted, cancellationToken))
            await CompactAsync(db, cancellationToken);

        // Before the rest: what another process writes in between shows itself with the first message.
        var token = await db.PositionAsync(cancellationToken);
        if (!plans.Complete || plans.ResumeToken != token)
        {
            await plans.LoadAsync(contexts, cancellationToken);
            plans.ResumeToken = token;
        }

        return token;
    }

    /// <summary>
    /// Forgets everything, what was not whole yet included. A text may have been expunged meanwhile, of which a snapshot will not tell:
    /// what is read next is read from a compacted database.
    /// </summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginWriteAsync(cancellationToken);
        await db.Updates.ExecuteDeleteAsync(cancellationToken);
        await db.Resources.ExecuteDeleteAsync(cancellationToken);
        await db.Plans.ExecuteDeleteAsync(cancellationToken);
        await db.Positions.ExecuteDeleteAsync(cancellationToken);
        await db.StorePositionAsync("", cancellationToken);
        await SetUncompactedAsync(db, true, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        plans.Clear();
        plans.ResumeToken = "";
    }

    /// <summary>Applies a message.</summary>
    public async Task<Applied> ApplyAsync(WatchChangesResponse message, CancellationToken cancellationToken)
    {
        var db = _db ??= await contexts.OpenAsync(cancellationToken);
        if (_transaction is null)
        {
            // Neither beginning nor committing waits for anybody: a shutdown in their midst would be logged as a fault of the storage.
            _transaction = await db.Database.BeginWriteAsync(CancellationToken.None);
            if (await db.PositionAsync(cancellationToken) != plans.ResumeToken)
                return Applied.Elsewhere;
        }

        if (message.Plan.Length > 0 && message.Kind != WatchChangesResponse.Types.Kind.Checkpoint)
            await ApplyAsync(db, message, cancellationToken);
        _expunged |= message.Changes.Any(c => c.ResourceCase == Change.ResourceOneofCase.Expunged);
        if (!message.Consistent)
            return Applied.InPart;

        await db.StorePositionAsync(message.ResumeToken, cancellationToken);
        if (_expunged)
            await SetUncompactedAsync(db, true, cancellationToken);
        plans.Complete = false;
        await _transaction.CommitAsync(CancellationToken.None);
        await _transaction.DisposeAsync();
        _transaction = null;
        foreach (var stage in _stages.Values)
            stage.Show(plans);
        _stages.Clear();
        plans.ResumeToken = message.ResumeToken;
        plans.Complete = true;
        if (_expunged)
            await CompactAsync(db, cancellationToken);
        _expunged = false;
        return Applied.Whole;
    }

    /// <summary>Drops what was applied and is not whole.</summary>
    public async ValueTask DisposeAsync()
    {
        _stages.Clear();
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_db is not null)
            await _db.DisposeAsync();

        (_transaction, _db) = (null, null);
    }

    // That it is due is stored with the removal: it is made good for at the next start, or once readers are out of the way.
    private async Task CompactAsync(ReportingContext db, CancellationToken cancellationToken)
    {
        await db.CompactAsync(time, cancellationToken);
        await SetUncompactedAsync(db, false, cancellationToken);
    }

    private static Task<int> SetUncompactedAsync(ReportingContext db, bool value, CancellationToken cancellationToken) =>
        db.Positions.ExecuteUpdateAsync(p => p.SetProperty(x => x.Uncompacted, value), cancellationToken);

    private async Task ApplyAsync(ReportingContext db, WatchChangesResponse message, CancellationToken cancellationToken)
    {
        var stage = await StageAsync(db, message, cancellationToken);
        var writer = new PlanWriter(db, stage);
        var snapshot = message.Kind == WatchChangesResponse.Types.Kind.Snapshot;
        foreach (var change in message.Changes)
        {
            // What was applied already is not applied again.
            if (!snapshot && change.Revision <= stage.Model.Revision)
                continue;

            await writer.ApplyAsync(change, cancellationToken);
            if (change.ChangeTime is { } made)
                stage.Made(made.ToDateTime());
        }

        // The revision stays the one before until all of the new one is there.
        if (!message.Consistent || message.Revision <= stage.Model.Revision)
            return;

        stage.Revision = message.Revision;
        var changeTime = stage.ChangeTime > stage.Model.ChangeTime ? stage.ChangeTime : stage.Model.ChangeTime;
        await db.StorePlanAsync(stage.Model.Key, stage.Revision, changeTime, cancellationToken);
    }

    private async Task<PlanStage> StageAsync(ReportingContext db, WatchChangesResponse message, CancellationToken cancellationToken)
    {
        if (!message.Reset && _stages.TryGetValue(message.Plan, out var stage))
            return stage;

        var model = plans.Find(message.Plan);
        if (model is not null && !message.Reset)
        {
            stage = PlanStage.Of(model);
        }
        else
        {
            // What an earlier stage of the same transaction wrote is deleted with the rest.
            if ((_stages.TryGetValue(message.Plan, out var dropped) ? dropped.Model : model) is { } old)
            {
                await db.DeletePlanAsync(old, cancellationToken);
                stage = PlanStage.Anew(old.Key, message.Plan);
            }
            else
            {
                var row = new FollowedPlan { Name = message.Plan };
                await db.Rows<FollowedPlan>().InsertAsync(db, row, cancellationToken);
                stage = PlanStage.Anew(row.Id, message.Plan);
            }
        }

        _stages[message.Plan] = stage;
        return stage;
    }
}
