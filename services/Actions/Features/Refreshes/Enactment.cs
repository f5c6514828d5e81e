using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.Features.Plans;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>Tries a refresh on what a plan holds, and writes the outcome into it.</summary>
internal sealed class Enactment
{
    private readonly ActionsContext _db;
    private readonly PlanEdit _edit;
    private readonly Dictionary<string, ThemeEntity> _themes;
    private readonly Dictionary<string, PlanActionEntity> _actions;
    private readonly RefreshDraft _draft;

    private Enactment(ActionsContext db, PlanEdit edit, List<ThemeEntity> themes, List<PlanActionEntity> actions)
    {
        (_db, _edit) = (db, edit);
        var plan = edit.Plan.Slug;
        _themes = themes.ToDictionary(t => ResourceName.Theme.Of(plan, t.Slug));
        _actions = actions.ToDictionary(a => ResourceName.PlanAction.Of(plan, a.Ref));
        _draft = new RefreshDraft(plan, themes.Select(t => t.ToMessage(plan)), actions.Select(a => a.ToMessage(plan)));
    }

    public static async Task<Enactment> LoadAsync(ActionsContext db, PlanEdit edit, CancellationToken cancellationToken) => new(
        db,
        edit,
        await db.Themes.Where(t => t.PlanId == edit.Plan.Id).OrderBy(t => t.Position).ToListAsync(cancellationToken),
        await db.PlanActions.Where(a => a.PlanId == edit.Plan.Id).OrderBy(a => a.SortKey).ToListAsync(cancellationToken));

    /// <summary>Makes the items in a draft; what cannot be made, by field.</summary>
    public IReadOnlyList<FieldError> Try(IReadOnlyList<RefreshItem> items, string field)
    {
        _draft.Make(items, field);
        return _draft.Errors;
    }

    /// <summary>Writes what the draft has become into the plan.</summary>
    public void Write()
    {
        foreach (var (theme, reason) in _draft.Themes)
        {
            var entity = _themes[theme.Name];
            entity.Framework = PlanMapping.Framework(theme);
            _edit.Changed(entity, reason);
        }

        foreach (var (action, reason) in _draft.Actions)
        {
            if (!_actions.TryGetValue(action.Name, out var entity))
            {
                entity = new PlanActionEntity { Plan = _edit.Plan, Ref = action.Ref, SortKey = "", Leaf = true, CreateTime = _edit.Now };
                _db.Add(entity);
            }

            Write(entity, action);
            entity.LeadsPending |= entity.Id == 0 && entity.DeliveryLeads.Exists(l => l.Partner.Length == 0);
            _edit.Changed(entity, reason);
        }

        ReportThemselves();
    }

    private void ReportThemselves()
    {
        foreach (var parent in _actions.Values.Where(a => a is { Leaf: false, State: PlanAction.Types.State.Active }).ToArray())
        {
            if (_actions.Values.Any(a => a.Parent == parent && a.State == PlanAction.Types.State.Active))
                continue;

            PlanActionRules.Unite(parent);
            if (parent.Revision == _edit.Revision)
                parent.NotePursuit(_edit.Revision);
            else
                _edit.Changed(parent, "Its last sub-actions were retired.");
        }
    }

    private void Write(PlanActionEntity entity, PlanAction action)
    {
        if (entity.Theme != _themes[action.Theme])
            MoveRetired(entity, _themes[action.Theme]);
        entity.Theme = _themes[action.Theme];
        entity.SortKey = RefOrder.Key(entity.Theme.Position, entity.Ref);
        entity.Title = action.Title;
        entity.Notes = [.. action.Notes];
        entity.OpccLeads = [.. action.OpccLeads];
        // An action that gets another ref takes its leads along.
        DeliveryLeadEntity[] present = [.. entity.DeliveryLeads, .. action.Replaces.SelectMany(r => _actions.GetValueOrDefault(r)?.DeliveryLeads ?? [])];
        entity.DeliveryLeads = [.. action.DeliveryLeads.Select(l => l.Among(present) ?? new DeliveryLeadEntity(l.Text, l.Partner, l.Qualifier, Stated: l.Partner.Length > 0))];
        entity.CrossReferences = [.. action.CrossReferences.Select(r => r[(r.LastIndexOf('/') + 1)..])];
        entity.State = action.State;
        entity.MovedFrom = action.MovedFrom.Length == 0 ? "" : action.MovedFrom[(action.MovedFrom.LastIndexOf('/') + 1)..];
        entity.Replaces = [.. action.Replaces.Select(r => r[(r.LastIndexOf('/') + 1)..])];
        entity.ReplacedBy = [.. action.ReplacedBy.Select(r => r[(r.LastIndexOf('/') + 1)..])];
    }

    // Only an action whose sub-actions are all retired is moved; they go with it.
    private void MoveRetired(PlanActionEntity parent, ThemeEntity theme)
    {
        foreach (var child in _actions.Values.Where(a => a.Parent == parent))
        {
            (child.Theme, child.SortKey) = (theme, RefOrder.Key(theme.Position, child.Ref));
            _edit.Changed(child, $"{parent.Ref} was moved to {theme.DisplayName}.");
        }
    }
}
