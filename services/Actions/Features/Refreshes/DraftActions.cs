using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using State = PlanServices.Actions.V1.PlanAction.Types.State;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>The actions of a draft.</summary>
internal sealed class DraftActions(RefreshDraft draft, IEnumerable<PlanAction> actions)
{
    private readonly Dictionary<string, PlanAction> _actions = actions.ToDictionary(a => a.Name, a => a.Clone());
    private readonly Dictionary<string, string> _changed = [];

    public IEnumerable<(PlanAction Action, string Reason)> Changed => _changed.Select(c => (_actions[c.Key], c.Value));

    public void Add(AddAction item, string reason, string field)
    {
        if (draft.Theme(item.Theme, $"{field}.theme") is not { } theme || New(item.Ref, theme, $"{field}.ref") is not { } action)
            return;

        action.Title = item.Title;
        action.Notes.AddRange(item.Notes);
        action.OpccLeads.AddRange(item.OpccLeads);
        action.DeliveryLeads.AddRange(item.DeliveryLeads);
        if (item.Title.Length == 0)
            draft.Wrong<string>($"{field}.title", "It is required.");
        draft.Wrong(PlanActionFields.Errors(action, draft.PlanId, field));
        for (var i = 0; i < item.Replaces.Count; i++)
        {
            if (Find(item.Replaces[i], $"{field}.replaces[{i}]") is { } replaced)
                Replace(replaced, action, reason);
        }

        Touch(action, reason);
    }

    public void Change(ChangeAction item, string reason, string field)
    {
        if (FindActive(item.PlanAction, $"{field}.plan_action") is not { } action)
            return;

        CheckTitle(item.Title, field);
        action.Title = item.Title;
        Touch(action, reason);
    }

    public void Move(MoveAction item, string reason, string field)
    {
        if (FindActive(item.PlanAction, $"{field}.plan_action") is not { } action || draft.Theme(item.Theme, $"{field}.theme") is not { } theme)
            return;

        if (!action.Leaf || action.ParentAction.Length > 0)
        {
            draft.Wrong<string>($"{field}.plan_action", $"{action.Name} has sub-actions or is one; move it by adding and retiring.");
            return;
        }

        if (item.Ref.Length == 0 || item.Ref == action.Ref)
        {
            if (action.Theme == theme.Name)
            {
                draft.Wrong<string>($"{field}.theme", $"{action.Name} is in {theme.Name} already.");
                return;
            }

            (action.MovedFrom, action.Theme) = (action.Theme, theme.Name);
            Touch(action, reason);
            return;
        }

        if (New(item.Ref, theme, $"{field}.ref") is not { } renamed)
            return;

        renamed.Title = action.Title;
        renamed.Notes.AddRange(action.Notes);
        renamed.OpccLeads.AddRange(action.OpccLeads);
        renamed.DeliveryLeads.AddRange(action.DeliveryLeads);
        renamed.CrossReferences.AddRange(action.CrossReferences);
        renamed.MovedFrom = action.Theme == theme.Name ? action.MovedFrom : action.Theme;
        Replace(action, renamed, reason);
        action.State = State.Retired;
        Touch(renamed, reason);
    }

    public void Retire(RetireAction item, string reason, string field)
    {
        if (FindActive(item.PlanAction, $"{field}.plan_action") is not { } action)
            return;

        if (_actions.Values.FirstOrDefault(a => a.ParentAction == action.Name && a.State == State.Active) is { } child)
        {
            draft.Wrong<string>($"{field}.plan_action", $"{action.Name} has the sub-action {child.Ref}, which is pursued; retire it first.");
            return;
        }

        action.State = State.Retired;
        Touch(action, reason);
    }

    private void CheckTitle(string title, string field)
    {
        if ((title.Length is 0 or > 4000 ? "It is required, at most 4,000 characters." : TextRules.Wrong(title)) is { } wrong)
            draft.Wrong<string>($"{field}.title", wrong);
    }

    private PlanAction? New(string reference, Theme theme, string field)
    {
        if (RefText.Plain(reference) is not { Prefix.Length: > 0, Parent: null } parsed || parsed.ToString() != reference)
            return draft.Wrong<PlanAction>(field, $"'{reference}' is no ref of an action: one to four letters A to Z and a number.");

        var name = ResourceName.PlanAction.Of(draft.PlanId, reference);
        if (_actions.ContainsKey(name))
            return draft.Wrong<PlanAction>(field, $"{name} is already there.");

        var action = new PlanAction { Name = name, Ref = reference, Theme = theme.Name, State = State.Active, Leaf = true };
        _actions.Add(name, action);
        return action;
    }

    private void Replace(PlanAction replaced, PlanAction by, string reason)
    {
        by.Replaces.Add(replaced.Name);
        replaced.ReplacedBy.Add(by.Name);
        Touch(replaced, reason);
    }

    private PlanAction? FindActive(string name, string field)
    {
        var action = Find(name, field);
        return action?.State == State.Retired ? draft.Wrong<PlanAction>(field, $"{name} is retired.") : action;
    }

    private PlanAction? Find(string name, string field) =>
        _actions.GetValueOrDefault(name) ?? draft.Wrong<PlanAction>(field, RefreshDraft.NoSuch(name, ResourceName.PlanAction.Of(draft.PlanId, "{ref}")));

    private void Touch(PlanAction action, string reason) =>
        _changed[action.Name] = RefreshDraft.Joined(_changed.GetValueOrDefault(action.Name), reason);
}
