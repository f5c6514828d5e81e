using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>Finds the actions of a grid's rows in the plan, or makes them, and writes what the row says of them.</summary>
internal sealed class MergeActions(
    PlanEdit edit, List<PlanActionEntity> existing, NewRows made, LeadAnswers leads, ICollection<GridDiagnostic> diagnostics, bool fromPage)
{
    // fromPage: the grid is text pulled from a page, whose titles may be damaged; a spreadsheet says what its writer wrote.
    private readonly Dictionary<string, PlanActionEntity> _byRef = existing.ToDictionary(a => a.Ref);
    private readonly Dictionary<PlanActionEntity, List<PlanActionEntity>> _children =
        existing.Where(a => a.Parent is not null).GroupBy(a => a.Parent!).ToDictionary(g => g.Key, g => g.ToList());

    private readonly MergeLeads _leads = new(leads, diagnostics);

    // What each action that was touched looked like before.
    private readonly Dictionary<PlanActionEntity, PlanAction?> _before = [];

    // The row that says what each action is.
    private readonly Dictionary<PlanActionEntity, int> _rows = [];

    private Dictionary<string, int> _subRows = [];

    public int Created { get; private set; }

    /// <summary>Says beforehand which rows are sub-actions in this grid.</summary>
    public void ExpectSubActions(IEnumerable<GridLeaf> leaves) =>
        _subRows = leaves.Where(l => l.ParentRef is not null).CountBy(l => l.ParentRef!).ToDictionary();

    /// <summary>An action that has sub-actions: it has a title and notes, and no leads of its own.</summary>
    public void MergeParent(GridAction parent, ThemeEntity theme)
    {
        var action = FindOrMake(parent.Ref, theme, null);
        _rows[action] = parent.Line;
        WriteTitle(action, parent.Line, parent.Title, parent.Notes);
    }

    /// <summary>
    /// The leaf that a row reports on, and whether the row made or changed it. None where the row reports on an action that has
    /// several sub-actions; the diagnostic says so.
    /// </summary>
    public (PlanActionEntity? Action, bool Changed) MergeLeaf(GridLeaf leaf, ThemeEntity theme)
    {
        if (Locate(leaf, theme) is not { } action)
            return (null, false);

        _rows[action] = leaf.Line;
        if (leaf.ParentRef is null || leaf.Title.Length > 0)
            WriteTitle(action, leaf.Line, leaf.Title, leaf.Notes);

        if (leaf.OpccLeads.Count > 0)
            action.OpccLeads = [.. leaf.OpccLeads];
        else if (action.OpccLeads.Count > 0)
            Kept(leaf, "opcc_leads", string.Join(" / ", action.OpccLeads));

        if (leaf.DeliveryLeads.Count > 0)
            _leads.Write(action, leaf);
        else if (action.DeliveryLeads.Count > 0)
            Kept(leaf, "delivery_leads", string.Join(" / ", action.DeliveryLeads.Select(l => l.Text)));

        return (action, Differs(action, leaf));
    }

    /// <summary>Writes to the change log what the rows made of the actions, parents before their sub-actions.</summary>
    public void Settle()
    {
        var parents = _byRef.Values.Where(a => a.Parent is not null).Select(a => a.Parent!).ToHashSet();
        foreach (var action in _byRef.Values)
        {
            Touch(action).Leaf = !parents.Contains(action);
            if (!action.Leaf)
                BecomeParent(action);
        }

        foreach (var (action, before) in _before.OrderBy(p => p.Key.SortKey, StringComparer.Ordinal))
        {
            if (before is null || !before.Equals(action.ToMessage(edit.Plan.Slug)))
                edit.Changed(action, source: new ChangeSource(edit.Source) { Row = _rows.GetValueOrDefault(action) });
        }
    }

    // A paper may print the only sub-action of an action by either ref: V1 and V1.1 are one leaf then.
    private PlanActionEntity? Locate(GridLeaf leaf, ThemeEntity theme)
    {
        if (_byRef.TryGetValue(leaf.Ref, out var action))
        {
            var children = ChildrenOf(action);
            switch (children)
            {
                case []:
                    return Touch(action);
                case [var only]:
                    TakenFor(leaf, only.Ref);
                    return Touch(only);
                default:
                    diagnostics.Add(New(
                        leaf, Severity.Error, "ROW_ON_PARENT", "ref", leaf.RawRef, "",
                        $"{leaf.Ref} has the sub-actions {string.Join(", ", children.Select(c => c.Ref))}, which report; the row was left out."));
                    return null;
            }
        }

        if (leaf.ParentRef is not { } parentRef)
            return FindOrMake(leaf.Ref, theme, null);

        var parent = FindOrMake(parentRef, theme, null);
        if (parent.Leaf && _subRows[parentRef] == 1)
        {
            diagnostics.Add(New(
                leaf, Severity.Warning, "REF_TAKEN_FOR_ACTION", "ref", leaf.RawRef, parentRef,
                $"{parentRef} has no sub-actions in the plan and one in this grid; the row was taken for {parentRef}."));
            return parent;
        }

        return FindOrMake(leaf.Ref, theme, parent);
    }

    // Its leads are on its sub-actions.
    private void BecomeParent(PlanActionEntity action)
    {
        action.OpccLeads = [];
        action.DeliveryLeads = [];
        action.LeadsPending = false;
        if (_before[action] is { Leaf: true })
        {
            diagnostics.Add(new GridDiagnostic
            {
                Severity = Severity.Warning,
                Code = "ACTION_DIVIDED",
                Ref = action.Ref,
                Column = "ref",
                Confidence = 1,
                Message = $"{action.Ref} reported itself so far and has sub-actions now; its earlier updates stay with it.",
            });
        }
    }

    private List<PlanActionEntity> ChildrenOf(PlanActionEntity action)
    {
        if (!_children.TryGetValue(action, out var children))
            _children.Add(action, children = []);

        return children;
    }

    private PlanActionEntity FindOrMake(string reference, ThemeEntity theme, PlanActionEntity? parent)
    {
        if (_byRef.TryGetValue(reference, out var action))
            return Touch(action);

        action = new PlanActionEntity
        {
            Plan = edit.Plan,
            Theme = theme,
            Parent = parent,
            Ref = reference,
            SortKey = RefOrder.Key(theme.Position, reference),
            State = PlanAction.Types.State.Active,
            CreateTime = edit.Now,
            UpdateTime = edit.Now,
        };
        _before[action] = null;
        _byRef.Add(reference, action);
        made.Add(action);
        if (parent is not null)
            ChildrenOf(parent).Add(action);
        Created++;
        return action;
    }

    private PlanActionEntity Touch(PlanActionEntity action)
    {
        if (!_before.ContainsKey(action))
            _before.Add(action, action.ToMessage(edit.Plan.Slug));

        return action;
    }

    private void WriteTitle(PlanActionEntity action, int line, string title, IReadOnlyList<string> notes)
    {
        if (title.Length == 0)
        {
            if (action.Title.Length > 0)
                diagnostics.Add(KeptMessage(line, action.Ref, "title", action.Title));
            return;
        }

        if (fromPage && action.Title.Length > 0 && TitleReadings.IsDamaged(action.Title, title))
        {
            diagnostics.Add(new GridDiagnostic
            {
                Severity = Severity.Warning,
                Code = "TITLE_KEPT",
                Row = line,
                Ref = action.Ref,
                Column = "title",
                Raw = title,
                Interpreted = action.Title,
                Confidence = 0.8,
                Message = "The page has the title that the plan has, only cut off or damaged; what the plan has is kept.",
            });
            return;
        }

        action.Title = title;
        action.Notes = [.. notes];
    }

    // True where the row made the action or changed it; a change of what stood there is said.
    private bool Differs(PlanActionEntity action, GridLeaf leaf)
    {
        if (_before[action] is not { } before)
            return true;

        var changed = false;
        foreach (var (column, was, now) in new[]
        {
            ("title", before.Title, action.Title),
            ("opcc_leads", string.Join(" / ", before.OpccLeads), string.Join(" / ", action.OpccLeads)),
            ("delivery_leads", TextOf(before.DeliveryLeads.Select(l => (l.Text, l.Qualifier))), TextOf(action.DeliveryLeads.Select(l => (l.Text, l.Qualifier)))),
        })
        {
            if (was == now)
                continue;

            changed = true;
            diagnostics.Add(New(
                leaf, Severity.Warning, "ACTION_CHANGED", column, was, now,
                $"{action.Ref} reads differently from what was in the plan; the new reading is a new revision of the action."));
        }

        return changed || !before.Equals(action.ToMessage(edit.Plan.Slug));
    }

    private void Kept(GridLeaf leaf, string column, string kept) => diagnostics.Add(KeptMessage(leaf.Line, leaf.Ref, column, kept));

    private void TakenFor(GridLeaf leaf, string reference) => diagnostics.Add(New(
        leaf, Severity.Warning, "REF_TAKEN_FOR_SUB_ACTION", "ref", leaf.RawRef, reference,
        $"{leaf.Ref} has one sub-action, {reference}, which reports; the row was taken for it."));

    private static GridDiagnostic KeptMessage(int line, string reference, string column, string kept) => new()
    {
        Severity = Severity.Info,
        Code = "VALUE_KEPT",
        Row = line,
        Ref = reference,
        Column = column,
        Interpreted = kept,
        Confidence = 1,
        Message = "The cell is empty; what the plan has is kept.",
    };

    private static GridDiagnostic New(
        GridLeaf leaf, Severity severity, string code, string column, string raw, string interpreted, string message) => new()
        {
            Severity = severity,
            Code = code,
            Row = leaf.Line,
            Ref = leaf.Ref,
            Column = column,
            Raw = raw,
            Interpreted = interpreted,
            Confidence = 1,
            Message = message,
        };

    private static string TextOf(IEnumerable<(string Text, string Qualifier)> leads) =>
        string.Join(" / ", leads.Select(l => l.Qualifier.Length == 0 ? l.Text : $"{l.Text} ({l.Qualifier})"));
}
