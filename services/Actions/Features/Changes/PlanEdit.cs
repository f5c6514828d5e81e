using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;

namespace PlanServices.Actions.Features.Changes;

/// <summary>
/// One write to a plan: takes the plan's next revision and appends to its change log what the write made of each resource. Nothing
/// changes a plan in any other way.
/// </summary>
internal sealed class PlanEdit(ActionsContext db, PlanEntity plan, string caller, DateTime now)
{
    private readonly List<Change> _changes = [];

    public PlanEntity Plan => plan;

    public DateTime Now => now;

    /// <summary>The revision that this write makes.</summary>
    public long Revision { get; } = plan.HeadRevision + 1;

    public bool Any => _changes.Count > 0;

    public void PlanChanged()
    {
        plan.Revision = Revision;
        plan.UpdateTime = now;
        plan.Etag++;
        Add(new Change { Plan = plan.ToMessage() });
    }

    public void Changed(ThemeEntity theme)
    {
        theme.Revision = Revision;
        theme.Etag++;
        Add(new Change { Theme = theme.ToMessage(plan.Slug) });
    }

    public void Changed(PeriodEntity period)
    {
        period.Revision = Revision;
        period.Etag++;
        Add(new Change { Period = period.ToMessage(plan.Slug) });
    }

    public void Changed(PlanActionEntity action)
    {
        action.Revision = Revision;
        action.UpdateTime = now;
        action.Etag++;
        Add(new Change { PlanAction = action.ToMessage(plan.Slug) });
    }

    public void Changed(ProgressUpdateEntity update)
    {
        update.Revision = Revision;
        update.UpdateTime = now;
        update.Etag++;
        Add(new Change { ProgressUpdate = update.ToMessage(plan.Slug) });
    }

    /// <summary>Stores the write and its log entries; nothing where nothing was changed.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (!Any)
            return;

        plan.HeadRevision = Revision;
        await db.SaveChangesAsync(cancellationToken);
        db.AddRange(_changes.Select((change, ordinal) => new ChangeEntity
        {
            PlanId = plan.Id,
            Revision = Revision,
            Ordinal = ordinal,
            Change = change.ToByteArray(),
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    private void Add(Change change)
    {
        change.Revision = Revision;
        change.ChangeTime = Timestamp.FromDateTime(now);
        change.Caller = caller;
        _changes.Add(change);
    }
}
