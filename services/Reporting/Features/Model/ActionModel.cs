using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Progress;

namespace PlanServices.Reporting.Features.Model;

/// <summary>An action in memory.</summary>
/// <param name="key">The key of its row.</param>
/// <param name="place">Where its facts are in each period.</param>
/// <param name="name">Its resource name.</param>
internal sealed class ActionModel(int key, int place, string name)
{
    public int Key => key;

    public int Place => place;

    public string Name => name;

    /// <summary>The action as it reported; null while it is not there.</summary>
    public PlanAction? Action => Groups?.Action;

    /// <summary>Under what it is counted; null while it is not there.</summary>
    public LeafGroups? Groups { get; private set; }

    public void Set(PlanAction? action) => Groups = action is null ? null : LeafGroups.Of(action.AsReported());
}
