using PlanServices.Reporting.Features.Model;

namespace PlanServices.Reporting.Features.Following;

/// <summary>
/// What a transaction does to a plan in memory. A plan that is sent anew is built beside the old one; changes of one that is there wait
/// until they are committed.
/// </summary>
internal sealed class PlanStage
{
    private readonly List<Action<PlanModel>> _waiting = [];
    private readonly Dictionary<string, int> _newKeys = [];

    private PlanStage(PlanModel model, bool fresh) => (Model, Fresh) = (model, fresh);

    /// <summary>The plan: a new one, or the one that readers see.</summary>
    public PlanModel Model { get; }

    /// <summary>True where the plan is built anew, and nobody sees it yet.</summary>
    public bool Fresh { get; }

    /// <summary>The newest time of a change.</summary>
    public DateTime ChangeTime { get; private set; }

    /// <summary>The revision once all is there; 0 until then.</summary>
    public long Revision { get; set; }

    public static PlanStage Anew(int key, string name) => new(new PlanModel(key, name), fresh: true);

    public static PlanStage Of(PlanModel model) => new(model, fresh: false);

    /// <summary>Does something to the plan, now or when it is committed.</summary>
    public void Do(Action<PlanModel> change)
    {
        if (Fresh)
            change(Model);
        else
            _waiting.Add(change);
    }

    public void Made(DateTime changeTime) => ChangeTime = changeTime > ChangeTime ? changeTime : ChangeTime;

    /// <summary>The key of an action's row; 0 where it has none.</summary>
    public int ActionKey(ReadOnlySpan<char> name) =>
        Model.TryGetAction(name, out var action) ? action.Key : NewKey(name);

    /// <summary>The key of a period's row; 0 where it has none.</summary>
    public int PeriodKey(ReadOnlySpan<char> id) =>
        Model.TryGetPeriod(id, out var period) ? period.Key : NewKey(id);

    public void AddAction(int key, string name)
    {
        _newKeys.Add(name, key);
        Do(plan => plan.AddAction(key, name));
    }

    public void AddPeriod(int key, string name)
    {
        _newKeys.Add(name[(name.LastIndexOf('/') + 1)..], key);
        Do(plan => plan.AddPeriod(key, name));
    }

    /// <summary>Lets readers see what was committed.</summary>
    public void Show(PlanModels plans)
    {
        lock (Model.Lock)
        {
            foreach (var change in _waiting)
                change(Model);

            Model.Reach(Math.Max(Revision, Model.Revision), ChangeTime);
        }

        plans.Show(Model);
    }

    private int NewKey(ReadOnlySpan<char> name) => _newKeys.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var key) ? key : 0;
}
