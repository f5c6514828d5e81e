using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.Features.Refreshes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Changes;

/// <summary>
/// One write to a plan: takes the plan's next revision and appends to its change log what the write made of each resource. Nothing
/// changes a plan in any other way.
/// </summary>
/// <param name="db">The context of the write.</param>
/// <param name="plan">The plan: tracked by the context, new, or read by hand where nothing of the plan itself changes.</param>
/// <param name="origin">Who writes, when and from where.</param>
internal sealed class PlanEdit(ActionsContext db, PlanEntity plan, Origin origin)
{
    private static readonly PreparedSql MoveHead = new(
        """UPDATE "plans" SET "HeadRevision" = @p0 WHERE "Id" = @p1 AND "HeadRevision" = @p2""");

    private readonly List<Entry> _changes = [];
    private int _stored;

    public PlanEntity Plan => plan;

    public DateTime Now => origin.Now;

    /// <summary>What the write comes from.</summary>
    public ChangeSource Source => origin.Source;

    /// <summary>The revision that this write makes.</summary>
    public long Revision { get; } = plan.HeadRevision + 1;

    /// <summary>The plan's newest revision once this write is stored.</summary>
    public long Head => Any ? Revision : plan.HeadRevision;

    public bool Any => _stored + _changes.Count > 0;

    public void PlanChanged(string reason = "")
    {
        plan.Revision = Revision;
        plan.UpdateTime = Now;
        Log("", () => new Change { Plan = plan.ToMessage() }, reason, null);
    }

    public void Changed(ThemeEntity theme, string reason = "", ChangeSource? source = null)
    {
        theme.Revision = Revision;
        Log(Resources.Theme(theme.Slug), () => new Change { Theme = theme.ToMessage(plan.Slug) }, reason, source);
    }

    public void Changed(PeriodEntity period, string reason = "", ChangeSource? source = null)
    {
        period.Revision = Revision;
        Log(Resources.Period(period.Slug), () => new Change { Period = period.ToMessage(plan.Slug) }, reason, source);
    }

    public void Changed(PlanActionEntity action, string reason = "", ChangeSource? source = null)
    {
        action.Revision = Revision;
        action.UpdateTime = Now;
        action.NotePursuit(Revision);
        Log(Resources.PlanAction(action.Ref), () => new Change { PlanAction = action.ToMessage(plan.Slug) }, reason, source);
    }

    public void Changed(ProgressUpdateEntity update, string reason = "", ChangeSource? source = null)
    {
        update.Revision = Revision;
        update.UpdateTime = Now;
        Log(
            Resources.ProgressUpdate(update.PlanAction.Ref, update.Period.Slug),
            () => new Change { ProgressUpdate = update.ToMessage(plan.Slug) },
            reason,
            source);
    }

    public void Changed(PlanRefreshEntity refresh, string reason = "", ChangeSource? source = null)
    {
        refresh.Revision = Revision;
        refresh.UpdateTime = Now;
        Log(Resources.PlanRefresh(refresh.Slug), () => new Change { PlanRefresh = refresh.ToMessage(plan.Slug) }, reason, source);
    }

    /// <summary>A resource is no longer there.</summary>
    public void Deleted(string resource) => Log(resource, () => new Change { Deleted = Resources.NameOf(plan.Slug, resource) }, "", null);

    /// <summary>The plan is no longer there; what it was stays in its log alone.</summary>
    public void PlanDeleted()
    {
        (plan.DisplayName, plan.Description, plan.Owner) = ("", "", "");
        (plan.DeleteTime, plan.Revision, plan.UpdateTime) = (Now, Revision, Now);
        Deleted("");
    }

    /// <summary>A text was removed from the plan and its history.</summary>
    public void Expunged(Expunged removal, string reason) => Log("", () => new Change { Expunged = removal }, reason, null);

    /// <summary>Stores the write and its log entries; nothing where nothing was changed.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (!Any)
            return;

        if (db.ChangeTracker.HasChanges())
            await db.SaveChangesAsync(cancellationToken);
        if (await MoveHead.Bind(db, Revision, plan.Id, plan.HeadRevision).ExecuteNonQueryAsync(cancellationToken) != 1)
            throw new DbUpdateConcurrencyException($"Another writer took revision {Revision} of {plan.Slug}.");

        plan.HeadRevision = Revision;
        await StoreLogAsync(cancellationToken);
    }

    /// <summary>Stores the log entries so far: a write of very many changes does not keep them all. The plan must be stored.</summary>
    public async Task StoreLogAsync(CancellationToken cancellationToken)
    {
        var log = db.Rows<ChangeEntity>();
        foreach (var change in _changes)
            await log.InsertAsync(db, ToEntity(change, _stored++), cancellationToken);

        _changes.Clear();
    }

    // The message is made when it is stored: one at a time.
    private ChangeEntity ToEntity(Entry entry, int ordinal)
    {
        var change = entry.Change();
        change.Revision = Revision;
        change.ChangeTime = Timestamp.FromDateTime(Now);
        change.Caller = origin.Caller;
        change.Source = entry.Source ?? origin.Source;
        change.Reason = entry.Reason;
        return new ChangeEntity { PlanId = plan.Id, Revision = Revision, Ordinal = ordinal, Resource = entry.Resource, Change = change.ToByteArray() };
    }

    private void Log(string resource, Func<Change> change, string reason, ChangeSource? source) =>
        _changes.Add(new Entry(resource, change, reason, source));

    private readonly record struct Entry(string Resource, Func<Change> Change, string Reason, ChangeSource? Source);
}
