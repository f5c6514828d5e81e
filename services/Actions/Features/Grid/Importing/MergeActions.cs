using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.Features.PlanActions;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Finds the actions of a grid's rows in the plan, or makes them, and writes what the rows say of them: some rows at a time, each action
/// once.
/// </summary>
/// <param name="db">The context of the write.</param>
/// <param name="edit">The write.</param>
/// <param name="tree">The plan's actions.</param>
/// <param name="targets">Which action each row is of.</param>
/// <param name="themes">The plan's themes.</param>
/// <param name="leads">Who the leads are.</param>
/// <param name="diagnostics">What is to be said is added.</param>
/// <param name="fromPage">The grid is text pulled from a page, whose titles may be damaged; a spreadsheet says what its writer wrote.</param>
internal sealed class MergeActions(
    ActionsContext db, PlanEdit edit, PlanTree tree, RowTargets targets, MergeThemes themes, LeadAnswers leads, FirstEntries<GridDiagnostic> diagnostics, bool fromPage)
{
    private readonly RowCommands<PlanActionEntity> _rows = db.Rows<PlanActionEntity>();
    private readonly ActionReports _reports = new(diagnostics);
    private readonly MergeLeads _leads = new(leads, diagnostics);

    // What these rows may need, by ref, and what they touched, parents before their sub-actions.
    private readonly Dictionary<string, PlanActionEntity> _actions = [];
    private readonly Dictionary<string, Touched> _touched = [];

    public int Created { get; private set; }

    /// <summary>Begins with some rows: loads what they may need.</summary>
    public async Task LoadAsync(IEnumerable<GridLeaf> leaves, CancellationToken cancellationToken)
    {
        _actions.Clear();
        _touched.Clear();
        var refs = leaves.SelectMany(l => new[] { l.Ref, l.ParentRef }.Concat(tree.ChildrenOf(l.Ref).Take(1)))
            .OfType<string>()
            .Where(tree.Has)
            .Distinct()
            .ToArray();
        if (refs.Length == 0)
            return;

        var planId = edit.Plan.Id;
        await foreach (var action in db.PlanActions.AsNoTracking().Include(a => a.Parent)
            .Where(a => a.PlanId == planId && refs.Contains(a.Ref)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            (action.Plan, action.Theme) = (edit.Plan, themes.ById(action.ThemeId));
            _actions.Add(action.Ref, action);
        }
    }

    /// <summary>An action that has sub-actions: it has a title and notes, and no leads of its own.</summary>
    public void MergeParent(GridAction parent)
    {
        var touched = Touch(parent.Ref, themes.Find(parent.Theme, parent.RefPrefix), null);
        touched.Row = parent.Line;
        WriteTitle(touched.Action, parent.Line, parent.Title, parent.Notes);
    }

    /// <summary>The leaf that a row reports on, by its ref, and whether the row made or changed it.</summary>
    public (PlanActionEntity Action, bool Changed) MergeLeaf(GridLeaf leaf, string reference)
    {
        var touched = Touch(reference, themes.Find(leaf.Theme, leaf.RefPrefix), leaf.ParentRef);
        var action = touched.Action;
        touched.Row = leaf.Line;
        if (leaf.ParentRef is null || leaf.Title.Length > 0)
            WriteTitle(action, leaf.Line, leaf.Title, leaf.Notes);

        if (leaf.OpccLeads.Count > 0)
            action.OpccLeads = [.. leaf.OpccLeads];
        else if (action.OpccLeads.Count > 0)
            _reports.Kept(leaf.Line, leaf.Ref, "opcc_leads", string.Join(" / ", action.OpccLeads));

        if (leaf.DeliveryLeads.Count > 0)
            _leads.Write(action, leaf);
        else if (action.DeliveryLeads.Count > 0)
            _reports.Kept(leaf.Line, leaf.Ref, "delivery_leads", string.Join(" / ", action.DeliveryLeads.Select(l => l.Text)));

        var changed = touched.Before is not { } before || _reports.Changed(before, action, leaf) || !before.Equals(action.ToMessage(edit.Plan.Slug));
        return (action, changed);
    }

    /// <summary>Stores what the rows made of the actions and tells the change log.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        foreach (var touched in _touched.Values)
        {
            var action = touched.Action;
            action.Leaf = !targets.IsParent(action.Ref);
            if (!action.Leaf)
                BecomeParent(touched);
            if (touched.Before is not null && touched.Before.Equals(action.ToMessage(edit.Plan.Slug)))
                continue;

            edit.Changed(action, source: new ChangeSource(edit.Source) { Row = touched.Row });
            if (touched.Stored is { } stored)
            {
                await _rows.UpdateAsync(db, action, stored, cancellationToken);
                continue;
            }

            (action.PlanId, action.ThemeId, action.ParentId) = (edit.Plan.Id, action.Theme.Id, action.Parent?.Id);
            await _rows.InsertAsync(db, action, cancellationToken);
        }
    }

    // Its leads are on its sub-actions; who led it until now stays known.
    private void BecomeParent(Touched touched)
    {
        var action = touched.Action;
        (action.OpccLeads, action.DeliveryLeads, action.LeadsPending) = ([], [], false);
        if (touched.Stored is not { Leaf: true } before)
            return;

        (action.FormerOpccLeads, action.FormerDeliveryLeads, action.LeadsPending) = (before.OpccLeads, before.DeliveryLeads, before.LeadsPending);
        _reports.Divided(action.Ref);
    }

    private Touched Touch(string reference, ThemeEntity theme, string? parent)
    {
        if (_touched.TryGetValue(reference, out var known))
            return known;

        if (!_actions.TryGetValue(reference, out var action))
            return Make(reference, theme, parent);

        var touched = new Touched(action, action.ToMessage(edit.Plan.Slug), _rows.Copy(action));
        _touched.Add(reference, touched);
        return touched;
    }

    private Touched Make(string reference, ThemeEntity theme, string? parent)
    {
        var action = new PlanActionEntity
        {
            Plan = edit.Plan,
            Theme = theme,
            Parent = parent is null ? null : _actions[parent],
            Ref = reference,
            SortKey = RefOrder.Key(theme.Position, reference),
            State = PlanAction.Types.State.Active,
            CreateTime = edit.Now,
            UpdateTime = edit.Now,
        };
        _actions.Add(reference, action);
        if (parent is not null || targets.IsParent(reference))
            tree.Made(reference, parent);
        Created++;
        var touched = new Touched(action, null, null);
        _touched.Add(reference, touched);
        return touched;
    }

    private void WriteTitle(PlanActionEntity action, int line, string title, IReadOnlyList<string> notes)
    {
        if (title.Length == 0)
        {
            if (action.Title.Length > 0)
                _reports.Kept(line, action.Ref, "title", action.Title);
            return;
        }

        if (fromPage && action.Title.Length > 0 && TitleReadings.IsDamaged(action.Title, title))
        {
            _reports.TitleKept(line, action.Ref, title, action.Title);
            return;
        }

        action.Title = title;
        if (notes.Count > 0)
            action.Notes = [.. notes];
        else if (action.Notes.Count > 0)
            _reports.Kept(line, action.Ref, "notes", string.Join(' ', action.Notes));
    }

    // An action that rows touched: what it was before as a message and as it is stored, null where it was not there.
    private sealed class Touched(PlanActionEntity action, PlanAction? before, PlanActionEntity? stored)
    {
        public PlanActionEntity Action => action;

        public PlanAction? Before => before;

        public PlanActionEntity? Stored => stored;

        /// <summary>The row that says what the action is.</summary>
        public int Row { get; set; }
    }
}
