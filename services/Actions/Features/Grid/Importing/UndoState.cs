using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.Features.Refreshes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using Case = PlanServices.Actions.V1.Change.ResourceOneofCase;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>All that a plan holds, by the names that its change log uses, while an import is undone.</summary>
internal sealed class UndoState
{
    private readonly Dictionary<string, ThemeEntity> _themes;
    private readonly Dictionary<string, PeriodEntity> _periods;
    private readonly Dictionary<string, PlanActionEntity> _actions;
    private readonly Dictionary<string, ProgressUpdateEntity> _updates;
    private readonly List<PlanRefreshEntity> _refreshes;
    private readonly string _plan;

    private UndoState(
        string plan,
        List<ThemeEntity> themes,
        List<PeriodEntity> periods,
        List<PlanActionEntity> actions,
        List<ProgressUpdateEntity> updates,
        List<PlanRefreshEntity> refreshes)
    {
        _plan = plan;
        _refreshes = refreshes;
        _themes = themes.ToDictionary(t => Resources.Theme(t.Slug));
        _periods = periods.ToDictionary(p => Resources.Period(p.Slug));
        _actions = actions.ToDictionary(a => Resources.PlanAction(a.Ref));
        _updates = updates.ToDictionary(u => Resources.ProgressUpdate(u.PlanAction.Ref, u.Period.Slug));
    }

    public static async Task<UndoState> LoadAsync(ActionsContext db, PlanEntity plan, CancellationToken cancellationToken) => new(
        plan.Slug,
        await db.Themes.Where(t => t.PlanId == plan.Id).ToListAsync(cancellationToken),
        await db.Periods.Where(p => p.PlanId == plan.Id).ToListAsync(cancellationToken),
        await db.PlanActions.Where(a => a.PlanId == plan.Id).ToListAsync(cancellationToken),
        await db.ProgressUpdates.Where(u => u.PlanAction.PlanId == plan.Id).ToListAsync(cancellationToken),
        await db.PlanRefreshes.AsNoTracking().Where(r => r.PlanId == plan.Id).ToListAsync(cancellationToken));

    /// <summary>The revision in which a resource last changed; 0 where it is not there.</summary>
    public long RevisionOf(string resource) =>
        _updates.GetValueOrDefault(resource)?.Revision
        ?? _actions.GetValueOrDefault(resource)?.Revision
        ?? _periods.GetValueOrDefault(resource)?.Revision
        ?? _themes.GetValueOrDefault(resource)?.Revision
        ?? 0;

    /// <summary>
    /// What was written since an import and stands on what it wrote of a resource: a later report of the same leaf, a text that points to
    /// the action, a refresh that proposes something for it. Null where nothing does.
    /// </summary>
    public string? BuiltOn(string resource, long revision, DateTime importTime)
    {
        if (_updates.TryGetValue(resource, out var update))
        {
            var later = _updates.Values.FirstOrDefault(u => u.PlanAction == update.PlanAction
                && string.CompareOrdinal(u.Period.Slug, update.Period.Slug) > 0
                && u.Revision > revision
                && (u.CarriedOverFrom == update.Period.Slug || u.CreateTime > importTime));
            return later is null ? null : ResourceName.ProgressUpdate.Of(_plan, later.PlanAction.Ref, later.Period.Slug);
        }

        var name = Resources.NameOf(_plan, resource);
        if (_refreshes.Find(r => r.Revision > revision && Mentions(r, name)) is { } refresh)
            return ResourceName.PlanRefresh.Of(_plan, refresh.Slug);
        if (!_actions.TryGetValue(resource, out var action))
            return null;

        return _updates.Values.FirstOrDefault(u => u.Revision > revision && u.CrossReferences.Contains(action.Ref)) is { } report
            ? ResourceName.ProgressUpdate.Of(_plan, report.PlanAction.Ref, report.Period.Slug)
            : _actions.Values.FirstOrDefault(a => a.Revision > revision && a.CrossReferences.Contains(action.Ref)) is { } pointing
                ? ResourceName.PlanAction.Of(_plan, pointing.Ref)
                : null;
    }

    // A section's name begins with its theme's.
    private bool Mentions(PlanRefreshEntity refresh, string name)
    {
        var text = refresh.ToMessage(_plan).ToString();
        return text.Contains($"\"{name}\"", StringComparison.Ordinal) || text.Contains($"\"{name}/", StringComparison.Ordinal);
    }

    /// <summary>Removes a resource; where another one needs it, it stays and the other's name is the answer.</summary>
    public string? Remove(ActionsContext db, string resource)
    {
        if (_updates.Remove(resource, out var update))
        {
            PeriodRules.CheckOpen(_plan, update.Period);
            db.Remove(update);
        }
        else if (_actions.TryGetValue(resource, out var action))
        {
            if (_updates.Values.FirstOrDefault(u => u.PlanAction == action) is { } report)
                return ResourceName.ProgressUpdate.Of(_plan, report.PlanAction.Ref, report.Period.Slug);
            if (_actions.Values.FirstOrDefault(a => a.Parent == action) is { } child)
                return ResourceName.PlanAction.Of(_plan, child.Ref);

            _actions.Remove(resource);
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
        action.OpccLeads = [.. was.OpccLeads];
        action.DeliveryLeads = [.. was.DeliveryLeads.Select(l => new DeliveryLeadEntity(l.Text, l.Partner, l.Qualifier))];
        action.CrossReferences = [.. was.CrossReferences.Select(Last)];
        action.State = was.State;
        action.Leaf = was.Leaf;
        action.LeadsPending = false;
        return action;
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
