using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.V1;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>Tells which action of the plan each row reports on.</summary>
internal sealed class RowTargets(PlanTree tree, IReadOnlyList<GridAction> parents, FirstEntries<GridDiagnostic> diagnostics)
{
    private readonly Dictionary<string, GridAction> _parents = parents.ToDictionary(p => p.Ref);
    private readonly HashSet<string> _begun = [];

    /// <summary>The action over sub-rows that begins with this row, as no row before it stood in it; null where none does.</summary>
    public GridAction? Begins(GridLeaf leaf) =>
        _parents.GetValueOrDefault(leaf.ParentRef ?? leaf.Ref) is { } parent && _begun.Add(parent.Ref) ? parent : null;

    /// <summary>Whether a row reports on an action that is retired, or stands under one; the diagnostic says so.</summary>
    public bool IsOfRetired(GridLeaf leaf)
    {
        if (new[] { leaf.Ref, leaf.ParentRef }.OfType<string>().FirstOrDefault(tree.IsRetired) is not { } retired)
            return false;

        Report(leaf, Severity.Error, "ROW_OF_RETIRED_ACTION", retired, $"{retired} is retired: no progress is reported on it; the row was left out.");
        return true;
    }

    /// <summary>Whether an action has sub-actions once the grid is merged: then it has no leads of its own.</summary>
    public bool IsParent(string reference) =>
        tree.ChildrenOf(reference).Count > 0 || (_parents.TryGetValue(reference, out var parent) && !IsOnlyRowOf(parent));

    /// <summary>
    /// The ref of the leaf that a row reports on. Null where the row reports on an action whose sub-actions report; the diagnostic says so.
    /// </summary>
    public string? Of(GridLeaf leaf)
    {
        // A paper may print the only sub-action of an action by either ref: V1 and V1.1 are one leaf then.
        if (tree.Has(leaf.Ref))
        {
            var children = tree.ChildrenOf(leaf.Ref);
            if (children is [])
                return leaf.Ref;
            if (children is [var only] && !_parents.ContainsKey(leaf.Ref))
            {
                Report(
                    leaf, Severity.Warning, "REF_TAKEN_FOR_SUB_ACTION", only,
                    $"{leaf.Ref} has one sub-action, {only}, which reports; the row was taken for it.");
                return only;
            }

            Report(
                leaf, Severity.Error, "ROW_ON_PARENT", "",
                $"{leaf.Ref} has the sub-actions {string.Join(", ", children)}, which report; the row was left out.");
            return null;
        }

        if (leaf.ParentRef is not { } parent || !IsOnlyRowOf(_parents[parent]))
            return leaf.Ref;

        Report(
            leaf, Severity.Warning, "REF_TAKEN_FOR_ACTION", parent,
            $"{parent} has no sub-actions in the plan and one in this grid; the row was taken for {parent}.");
        return parent;
    }

    // An action without sub-actions of which the grid has one sub-row and no row of its own.
    private bool IsOnlyRowOf(GridAction parent) =>
        parent is { SubRows: 1, Reports: false } && tree.Had(parent.Ref) && tree.ChildrenOf(parent.Ref).Count == 0;

    private void Report(GridLeaf leaf, Severity severity, string code, string interpreted, string message) =>
        diagnostics.Add(leaf.Diagnostic(severity, code, message, "ref", leaf.RawRef, interpreted));
}
