using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Progress;
using Case = PlanServices.Actions.V1.Change.ResourceOneofCase;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>All that a plan holds, by the names that its change log uses, while an import is undone.</summary>
internal sealed class UndoState
{
    private readonly Dictionary<string, ThemeEntity> _themes;
    private readonly Dictionary<string, PeriodEntity> _periods;
    private readonly Dictionary<string, PlanActionEntity> _actions;
    private readonly Dictionary<string, ProgressUpdateEntity> _updates;
    private readonly Dictionary<PlanActionEntity, HashSet<ProgressUpdateEntity>> _reports;
    private readonly Dictionary<PlanActionEntity, HashSet<PlanActionEntity>> _children;
    private readonly UndoDependents _since;
    private readonly string _plan;

    /// <summary>Whether it is a period of which a report may have been published; null where it is no period that is there.</summary>
    public bool? WasLocked(string resource) =>
        _periods.TryGetValue(resource, out var period) ? period is not { State: Period.Types.State.Open, ReopenReason: "" } : null;

    private UndoState(
        string plan,
        List<ThemeEntity> themes,
        List<PeriodEntity> periods,
        List<PlanActionEntity> actions,
        List<ProgressUpdateEntity> updates,
        UndoDependents since)
    {
        (_plan, _since) = (plan, since);
        _themes = themes.ToDictionary(t => Resources.Theme(t.Slug));
        _periods = periods.ToDictionary(p => Resources.Period(p.Slug));
        _actions = actions.ToDictionary(a => Resources.PlanAction(a.Ref));
        _updates = updates.ToDictionary(u => Resources.ProgressUpdate(u.PlanAction.Ref, u.Period.Slug));
        _reports = updates.GroupBy(u => u.PlanAction).ToDictionary(g => g.Key, g => g.ToHashSet());
        _children = actions.Where(a => a.Parent is not null).GroupBy(a => a.Parent!).ToDictionary(g => g.Key, g => g.ToHashSet());
    }

    /// <summary>Loads it, and what was written since a revision.</summary>
    public static async Task<UndoState> LoadAsync(ActionsContext db, PlanEntity plan, long revision, CancellationToken cancellationToken)
    {
        var themes = await db.Themes.Where(t => t.PlanId == plan.Id).ToListAsync(cancellationToken);
        var periods = await db.Periods.Where(p => p.PlanId == plan.Id).ToListAsync(cancellationToken);
        var actions = await db.PlanActions.Where(a => a.PlanId == plan.Id).ToListAsync(cancellationToken);
        var updates = await db.ProgressUpdates.Where(u => u.PlanAction.PlanId == plan.Id).ToListAsync(cancellationToken);
        var refreshes = await db.PlanRefreshes.AsNoTracking().Where(r => r.PlanId == plan.Id && r.Revision > revision).ToListAsync(cancellationToken);
        var since = new UndoDependents(
            plan.Slug, actions.Where(a => a.Revision > revision), updates.Where(u => u.Revision > revision), refreshes);
        return new UndoState(plan.Slug, themes, periods, actions, updates, since);
    }

    /// <summary>The revision in which a resource last changed; 0 where it is not there.</summary>
    public long RevisionOf(string resource) =>
        _updates.GetValueOrDefault(resource)?.Revision
        ?? _actions.GetValueOrDefault(resource)?.Revision
        ?? _periods.GetValueOrDefault(resource)?.Revision
        ?? _themes.GetValueOrDefault(resource)?.Revision
        ?? 0;

    /// <summary>What was written since the import and stands on what it wrote of a resource; null where nothing does.</summary>
    public string? BuiltOn(string resource, DateTime importTime) => _updates.TryGetValue(resource, out var update)
        ? _since.LaterReport(update, importTime)
        : _since.PointsTo(resource);

    /// <summary>Removes a resource; where another one needs it, it stays and the other's name is the answer.</summary>
    public string? Remove(ActionsContext db, string resource)
    {
        if (_updates.Remove(resource, out var update))
        {
            PeriodRules.CheckOpen(_plan, update.Period);
            _reports[update.PlanAction].Remove(update);
            db.Remove(update);
        }
        else if (_actions.TryGetValue(resource, out var action))
        {
            if (_reports.GetValueOrDefault(action)?.FirstOrDefault() is { } report)
                return ResourceName.ProgressUpdate.Of(_plan, report.PlanAction.Ref, report.Period.Slug);
            if (_children.GetValueOrDefault(action)?.FirstOrDefault() is { } child)
                return ResourceName.PlanAction.Of(_plan, child.Ref);
            var message = action.ToMessage(_plan);
            if (_periods.Values.FirstOrDefault(p => p.State == Period.Types.State.Locked && message.IsPursuedIn(p.ToMessage(_plan))) is { } locked)
                return ResourceName.Period.Of(_plan, locked.Slug);

            _actions.Remove(resource);
            if (action.Parent is { } parent)
                _children[parent].Remove(action);
            db.Remove(action);
        }
        else if (_periods.TryGetValue(resource, out var period))
        {
            if (_updates.Values.FirstOrDefault(u => u.Period == period) is { } report)
                return ResourceName.ProgressUpdate.Of(_plan, report.PlanAction.Ref, report.Period.Slug);

            _periods.Remove(resource);
            db.Remove(period);
        }
        else if (_themes.TryGetValue(resource, out var theme))
        {
            if (_actions.Values.FirstOrDefault(a => a.Theme == theme) is { } member)
                return ResourceName.PlanAction.Of(_plan, member.Ref);

            _themes.Remove(resource);
            db.Remove(theme);
        }

        return null;
    }

    /// <summary>Writes what a resource was before. An import changes actions and updates only.</summary>
    public void Restore(PlanEdit edit, Change was)
    {
        switch (was.ResourceCase)
        {
            case Case.PlanAction:
                edit.Changed(Restore(_actions[Resources.PlanAction(was.PlanAction.Ref)], was.PlanAction));
                break;
            case Case.ProgressUpdate:
                var name = was.ProgressUpdate.Name;
                var update = _updates[name[(ResourceName.Plan.Of(_plan).Length + 1)..]];
                PeriodRules.CheckOpen(_plan, update.Period);
                edit.Changed(Restore(update, was.ProgressUpdate));
                break;
            default:
                throw new InvalidOperationException($"An import does not change a {was.ResourceCase}.");
        }
    }

    private PlanActionEntity Restore(PlanActionEntity action, PlanAction was)
    {
        action.Theme = _themes[Resources.Theme(Last(was.Theme))];
        action.Parent = was.ParentAction.Length == 0 ? null : _actions[Resources.PlanAction(Last(was.ParentAction))];
        action.SortKey = RefOrder.Key(action.Theme.Position, action.Ref);
        action.Title = was.Title;
        action.Notes = [.. was.Notes];
        DeliveryLeadEntity[] present = [.. action.DeliveryLeads, .. action.FormerDeliveryLeads];
        action.OpccLeads = [.. was.OpccLeads];
        action.DeliveryLeads = LeadsOf(was.DeliveryLeads);
        action.FormerOpccLeads = [.. was.FormerOpccLeads];
        action.FormerDeliveryLeads = LeadsOf(was.FormerDeliveryLeads);
        action.CrossReferences = [.. was.CrossReferences.Select(Last)];
        action.State = was.State;
        action.Leaf = was.Leaf;
        action.LeadsPending = false;
        return action;

        List<DeliveryLeadEntity> LeadsOf(IEnumerable<DeliveryLead> leads) =>
            [.. leads.Select(l => l.Among(present) ?? new DeliveryLeadEntity(l.Text, l.Partner, l.Qualifier))];
    }

    private static ProgressUpdateEntity Restore(ProgressUpdateEntity update, ProgressUpdate was)
    {
        update.Narrative = was.Narrative;
        update.Status = was.Status;
        update.StatusReason = was.StatusReason;
        update.Direction = was.Direction;
        update.Opportunities = was.Opportunities;
        update.EvidenceLinks = [.. was.EvidenceLinks];
        update.CrossReferences = [.. was.CrossReferences.Select(Last)];
        update.State = was.State;
        update.Source = was.Source is { } source ? Google.Protobuf.MessageExtensions.ToByteArray(source) : null;
        update.Withheld = [.. was.Withheld.Select(w => new WithheldFieldEntity(w.Field, w.Reason))];
        update.CarriedOverFrom = was.CarriedOverFrom.Length == 0 ? "" : Last(was.CarriedOverFrom);
        update.ReturnReason = was.ReturnReason;
        update.SubmitTime = was.SubmitTime?.ToDateTime();
        return update;
    }

    private static string Last(string name) => name[(name.LastIndexOf('/') + 1)..];
}
