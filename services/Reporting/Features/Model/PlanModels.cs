using System.Collections.Concurrent;

namespace PlanServices.Reporting.Features.Model;

/// <summary>The plans in memory, by name. A plan that is read anew takes the place of the old one when it is whole.</summary>
internal sealed class PlanModels
{
    private volatile ConcurrentDictionary<string, PlanModel> _plans = new();

    /// <summary>The catalogue's token for what memory has: it resumes behind it.</summary>
    public string ResumeToken { get; set; } = "";

    /// <summary>True while memory has all that the database has; where it has not, it is to be loaded.</summary>
    public bool Complete { get; set; }

    public PlanModel? Find(string name) => _plans.GetValueOrDefault(name);

    public void Show(PlanModel plan) => _plans[plan.Name] = plan;

    public void Clear() => _plans.Clear();

    /// <summary>Shows these plans and no others.</summary>
    public void Replace(IEnumerable<PlanModel> plans)
    {
        _plans = new(plans.Select(plan => KeyValuePair.Create(plan.Name, plan)));
        Complete = true;
    }
}
