using System.Diagnostics.CodeAnalysis;
using PlanServices.Actions.V1;

namespace PlanServices.Reporting.Features.Model;

/// <summary>
/// A plan in memory: its actions, and a fact for each leaf and period. No text of an update is in it. Whoever reads or changes it holds
/// its lock, but for <see cref="Revision"/>.
/// </summary>
/// <param name="key">The key of its row.</param>
/// <param name="name">Its resource name.</param>
internal sealed class PlanModel(int key, string name)
{
    private readonly Dictionary<string, ActionModel> _actions = [];
    private readonly Dictionary<string, PeriodModel> _periods = [];
    private readonly Dictionary<string, Theme> _themes = [];
    private long _revision;
    private DateTime _changeTime;
    private PlanOrder? _order;

    public Lock Lock { get; } = new();

    public int Key => key;

    /// <summary><c>plans/{plan}</c>.</summary>
    public string Name => name;

    /// <summary>The plan; null while it is not there.</summary>
    public Plan? Plan { get; set; }

    /// <summary>The plan's revision that the model shows.</summary>
    public long Revision => Volatile.Read(ref _revision);

    /// <summary>When that revision was made.</summary>
    public DateTime ChangeTime => _changeTime;

    public IReadOnlyCollection<ActionModel> Actions => _actions.Values;

    public IReadOnlyCollection<PeriodModel> Periods => _periods.Values;

    /// <summary>Themes, leaves and periods in the plan's order.</summary>
    public PlanOrder Order => _order ??= PlanOrder.Of(_themes.Values, _actions.Values, _periods.Values);

    public bool TryGetAction(ReadOnlySpan<char> actionName, [NotNullWhen(true)] out ActionModel? action) =>
        _actions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(actionName, out action);

    public bool TryGetPeriod(ReadOnlySpan<char> periodId, [NotNullWhen(true)] out PeriodModel? period) =>
        _periods.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(periodId, out period);

    /// <summary>An action's title; a sub-action without one has its parent's.</summary>
    public string TitleOf(PlanAction action) => action.Title.Length > 0 || !TryGetAction(action.ParentAction, out var parent)
        ? action.Title
        : parent.Action?.Title ?? "";

    public ActionModel AddAction(int key, string actionName)
    {
        var action = new ActionModel(key, _actions.Count, actionName);
        _actions.Add(actionName, action);
        return action;
    }

    public PeriodModel AddPeriod(int key, string periodName)
    {
        var period = new PeriodModel(key, periodName[(periodName.LastIndexOf('/') + 1)..]);
        _periods.Add(period.Id, period);
        return period;
    }

    /// <summary>Sets what a theme is; null removes it.</summary>
    public void SetTheme(string themeName, Theme? theme)
    {
        if (theme is null)
            _themes.Remove(themeName);
        else
            _themes[themeName] = theme;

        _order = null;
    }

    /// <summary>Sets what a period is; null removes it.</summary>
    public void SetPeriod(PeriodModel period, Period? value)
    {
        period.Period = value;
        _order = null;
    }

    /// <summary>Sets what an action is; null removes it.</summary>
    public void SetAction(ActionModel action, PlanAction? value)
    {
        var before = action.Groups;
        action.Set(value);
        foreach (var period in _periods.Values)
            period.Regroup(action, before, action.Groups);

        _order = null;
    }

    /// <summary>Shows a revision, once all of it is there.</summary>
    public void Reach(long revision, DateTime changeTime)
    {
        if (changeTime > _changeTime)
            _changeTime = changeTime;
        Volatile.Write(ref _revision, revision);
    }
}
