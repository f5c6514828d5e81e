using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Case = PlanServices.Actions.V1.RefreshItem.ChangeOneofCase;

namespace PlanServices.Actions.Features.Refreshes;

/// <summary>
/// A plan's themes and actions while the items of a refresh are made to them, one after the other. It touches nothing but its own
/// copies: what it found wrong and what it changed is for the caller.
/// </summary>
internal sealed class RefreshDraft
{
    private readonly string _plan;
    private readonly Dictionary<string, Theme> _themes;
    private readonly List<FieldError> _errors = [];
    private readonly Dictionary<string, string> _changedThemes = [];
    private readonly DraftSections _sections;
    private readonly DraftActions _actions;
    private readonly ThemeFaults _faults;

    public RefreshDraft(string plan, IEnumerable<Theme> themes, IEnumerable<PlanAction> actions)
    {
        _plan = plan;
        _themes = themes.ToDictionary(t => t.Name, t => t.Clone());
        _faults = new ThemeFaults(_themes.Values);
        _sections = new DraftSections(this);
        _actions = new DraftActions(this, actions);
    }

    /// <summary>What could not be made, by the field of the item.</summary>
    public IReadOnlyList<FieldError> Errors => _errors;

    /// <summary>The themes that were changed, each with the reasons.</summary>
    public IEnumerable<(Theme Theme, string Reason)> Themes => _changedThemes.Select(c => (_themes[c.Key], c.Value));

    /// <summary>The actions that were made or changed, each with the reasons.</summary>
    public IEnumerable<(PlanAction Action, string Reason)> Actions => _actions.Changed;

    /// <summary>Makes all items; what cannot be made becomes an error and changes nothing.</summary>
    public void Make(IReadOnlyList<RefreshItem> items, string field)
    {
        for (var i = 0; i < items.Count; i++)
            Make(items[i], $"{field}[{i}]");
    }

    /// <summary>The theme that an item names; null, with an error, where it is not there.</summary>
    public Theme? Theme(string name, string field) => _themes.GetValueOrDefault(name) ?? Wrong<Theme>(field, NoSuch(name, ResourceName.Theme.Of(_plan, "{theme}")));

    /// <summary>A theme without a word where it is not there.</summary>
    public Theme? TryTheme(string name) => _themes.GetValueOrDefault(name);

    public void Touch(Theme theme, string reason) =>
        _changedThemes[theme.Name] = Joined(_changedThemes.GetValueOrDefault(theme.Name), reason);

    public T? Wrong<T>(string field, string description)
        where T : class
    {
        _errors.Add(new FieldError(field, description));
        return null;
    }

    public void Wrong(IEnumerable<FieldError> errors) => _errors.AddRange(errors);

    public static string NoSuch(string name, string form) => name.Length == 0 ? $"It is required: {form}." : $"There is no {name}.";

    public string PlanId => _plan;

    /// <summary>Reasons of several items for one resource.</summary>
    public static string Joined(string? before, string reason) =>
        string.IsNullOrEmpty(before) || before == reason ? reason : reason.Length == 0 ? before : $"{before} {reason}";

    private void Make(RefreshItem item, string field)
    {
        var reason = item.Reason;
        if (reason.Length > 2000)
            Wrong<string>($"{field}.reason", "It is over 2,000 characters.");
        _errors.AddWrong($"{field}.reason", reason);

        if (item.ChangeCase == Case.None)
        {
            Wrong<string>(field, "It says no change.");
            return;
        }

        var change = RefreshItem.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(item);
        field = $"{field}.{change.Name}";
        switch (item.ChangeCase)
        {
            case Case.AddSection:
                _sections.Add(item.AddSection, reason, field);
                break;
            case Case.ChangeSection:
                _sections.Change(item.ChangeSection, reason, field);
                break;
            case Case.MoveSection:
                _sections.Move(item.MoveSection, reason, field);
                break;
            case Case.RetireSection:
                _sections.Retire(item.RetireSection, reason, field);
                break;
            case Case.AddAction:
                _actions.Add(item.AddAction, reason, field);
                break;
            case Case.ChangeAction:
                _actions.Change(item.ChangeAction, reason, field);
                break;
            case Case.MoveAction:
                _actions.Move(item.MoveAction, reason, field);
                break;
            case Case.RetireAction:
                _actions.Retire(item.RetireAction, reason, field);
                break;
            case Case.AddPledge:
                Add(item.AddPledge, reason, field);
                break;
            case Case.RetainPledge:
                Choose(item.RetainPledge, Pledge.Types.State.Retained, reason, field);
                break;
            case Case.WithdrawPledge:
                Choose(item.WithdrawPledge, Pledge.Types.State.Withdrawn, reason, field);
                break;
            case Case.RemoveOutcome:
                Remove(item.RemoveOutcome, reason, field);
                break;
            case Case.AddMeasure:
                Add(item.AddMeasure, reason, field);
                break;
        }

        _errors.AddRange(_faults.New(_changedThemes.Keys.Select(t => _themes[t]), (IMessage)change.Accessor.GetValue(item), field));
    }

    private void Add(AddPledge item, string reason, string field)
    {
        if (Theme(item.Theme, $"{field}.theme") is not { } theme)
            return;

        var pledge = item.Pledge?.Clone() ?? new Pledge();
        if (theme.Pledges.Any(p => p.Id == pledge.Id))
        {
            Wrong<string>($"{field}.pledge.id", $"{theme.Name} has a pledge {pledge.Id} already.");
            return;
        }

        pledge.State = Pledge.Types.State.Retained;
        theme.Pledges.Add(pledge);
        Touch(theme, reason);
    }

    private void Choose(PledgeChoice item, Pledge.Types.State state, string reason, string field)
    {
        if (Theme(item.Theme, $"{field}.theme") is not { } theme)
            return;

        if (theme.Pledges.FirstOrDefault(p => p.Id == item.Pledge) is not { } pledge)
        {
            Wrong<string>($"{field}.pledge", $"{theme.Name} has no pledge '{item.Pledge}'.");
            return;
        }

        pledge.State = state;
        Touch(theme, reason);
    }

    private void Remove(RemoveOutcome item, string reason, string field)
    {
        if (Theme(item.Theme, $"{field}.theme") is not { } theme)
            return;

        if (theme.Outcomes.FirstOrDefault(o => o.Id == item.Outcome) is not { } outcome)
        {
            Wrong<string>($"{field}.outcome", $"{theme.Name} has no outcome '{item.Outcome}'.");
            return;
        }

        theme.Outcomes.Remove(outcome);
        Touch(theme, reason);
    }

    private void Add(AddMeasure item, string reason, string field)
    {
        if (Theme(item.Theme, $"{field}.theme") is not { } theme)
            return;

        var measure = item.Measure?.Clone() ?? new Measure();
        if (theme.MeasuresOfSuccess.Any(m => m.Id == measure.Id))
        {
            Wrong<string>($"{field}.measure.id", $"{theme.Name} has a measure {measure.Id} already.");
            return;
        }

        theme.MeasuresOfSuccess.Add(measure);
        Touch(theme, reason);
    }
}
