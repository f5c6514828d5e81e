using PlanServices.Actions.Features.Grid.Reading;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>Which actions a plan has and which stand under which, as an import goes on.</summary>
internal sealed class PlanTree
{
    private readonly HashSet<string> _before;
    private readonly HashSet<string> _retired;
    private readonly HashSet<string> _made = [];
    private readonly Dictionary<string, List<string>> _children = [];

    public PlanTree(IReadOnlyList<KnownAction> actions)
    {
        _before = [.. actions.Select(a => a.Ref)];
        _retired = [.. actions.Where(a => a.Retired).Select(a => a.Ref)];
        foreach (var action in actions.Where(a => !a.Retired))
            AddChild(action.Ref, action.ParentRef);
    }

    /// <summary>Whether the plan had the action before the import.</summary>
    public bool Had(string reference) => _before.Contains(reference);

    /// <summary>Whether the plan has the action, or the import made it and rows may still ask for it.</summary>
    public bool Has(string reference) => _before.Contains(reference) || _made.Contains(reference);

    /// <summary>Whether the plan no longer pursues the action.</summary>
    public bool IsRetired(string reference) => _retired.Contains(reference);

    /// <summary>The sub-actions of an action that are pursued, as far as they are there.</summary>
    public IReadOnlyList<string> ChildrenOf(string reference) => _children.GetValueOrDefault(reference) ?? [];

    /// <summary>The import made an action that others stand under, or that stands under another: no row asks for the rest again.</summary>
    public void Made(string reference, string? parent)
    {
        _made.Add(reference);
        AddChild(reference, parent);
    }

    private void AddChild(string reference, string? parent)
    {
        if (parent is null)
            return;
        if (!_children.TryGetValue(parent, out var children))
            _children.Add(parent, children = []);
        children.Add(reference);
    }
}
