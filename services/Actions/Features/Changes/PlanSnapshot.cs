using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.Features.Refreshes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Changes;

/// <summary>A plan's state at one revision, in parts that fit a message: plan, themes, periods, actions (parents first), updates.</summary>
internal sealed class PlanSnapshot(IDbContextFactory<ActionsContext> contexts)
{
    public async IAsyncEnumerable<WatchChangesResponse> ReadAsync(
        int planId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // All parts are read in one transaction, so that they are of one revision.
        await using var transaction = await db.Database.BeginReadAsync(cancellationToken);
        var plan = await db.Plans.AsNoTracking().SingleAsync(p => p.Id == planId, cancellationToken);
        var part = NewPart(plan);
        part.Reset = true;
        var size = new MessageSize();
        await foreach (var change in ResourcesAsync(db, plan).WithCancellation(cancellationToken))
        {
            if (!size.Takes(change.CalculateSize()))
            {
                yield return part;
                part = NewPart(plan);
            }

            part.Changes.Add(change);
        }

        part.Consistent = true;
        yield return part;
    }

    private static async IAsyncEnumerable<Change> ResourcesAsync(ActionsContext db, PlanEntity plan)
    {
        // It may have been deleted since it was found.
        if (plan.DeleteTime is not null)
            yield break;

        yield return At(plan.Revision, plan.UpdateTime, new Change { Plan = plan.ToMessage() });
        await foreach (var theme in db.Themes.AsNoTracking().Where(t => t.PlanId == plan.Id).OrderBy(t => t.Position).AsAsyncEnumerable())
            yield return At(theme.Revision, plan.UpdateTime, new Change { Theme = theme.ToMessage(plan.Slug) });

        await foreach (var period in db.Periods.AsNoTracking().Where(p => p.PlanId == plan.Id).OrderBy(p => p.Slug).AsAsyncEnumerable())
            yield return At(period.Revision, plan.UpdateTime, new Change { Period = period.ToMessage(plan.Slug) });

        var refreshes = db.PlanRefreshes.AsNoTracking().Where(r => r.PlanId == plan.Id).OrderBy(r => r.Id);
        await foreach (var refresh in refreshes.AsAsyncEnumerable())
            yield return At(refresh.Revision, refresh.UpdateTime, new Change { PlanRefresh = refresh.ToMessage(plan.Slug) });

        var actions = db.PlanActions.AsNoTracking().Include(a => a.Theme).Include(a => a.Parent)
            .Where(a => a.PlanId == plan.Id).OrderBy(a => a.SortKey);
        await foreach (var action in actions.AsAsyncEnumerable())
            yield return At(action.Revision, action.UpdateTime, new Change { PlanAction = action.ToMessage(plan.Slug) });

        var updates = db.ProgressUpdates.AsNoTracking().Include(u => u.PlanAction).Include(u => u.Period)
            .Where(u => u.PlanAction.PlanId == plan.Id).OrderBy(u => u.Id);
        await foreach (var update in updates.AsAsyncEnumerable())
            yield return At(update.Revision, update.UpdateTime, new Change { ProgressUpdate = update.ToMessage(plan.Slug) });
    }

    // Who made it is in the change log only.
    private static Change At(long revision, DateTime time, Change change)
    {
        change.Revision = revision;
        change.ChangeTime = Timestamp.FromDateTime(time);
        return change;
    }

    private static WatchChangesResponse NewPart(PlanEntity plan) => new()
    {
        Kind = WatchChangesResponse.Types.Kind.Snapshot,
        Plan = ResourceName.Plan.Of(plan.Slug),
        Revision = plan.HeadRevision,
    };
}
