using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Leads;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Text;
using State = PlanServices.Actions.V1.PlanAction.Types.State;

namespace PlanServices.Actions.Features.PlanActions;

/// <summary>Makes and changes actions.</summary>
internal sealed class PlanActionWrites(PlanWriter plans, LeadDirectory directory)
{
    public async Task<PlanAction> CreateAsync(CreatePlanActionRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var given = request.PlanAction?.Clone() ?? throw ApiErrors.InvalidField("plan_action", "It is required.");
        var reference = CheckRef(request.PlanActionId, given.ParentAction, plan);
        var leads = await directory.ResolveAsync(plan, Unlinked(given), collect: !request.ValidateOnly, cancellationToken);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return await plans.WriteAsync(call, plan, async (db, edit, token) =>
        {
            if (await db.PlanActions.AnyAsync(a => a.PlanId == edit.Plan.Id && a.Ref == reference, token))
                throw ApiErrors.AlreadyExists(ResourceName.PlanAction.Of(plan, reference));

            var parent = given.ParentAction.Length == 0 ? null : await ParentAsync(db, edit, given.ParentAction, token);
            if (parent is not null && given.Theme.Length == 0)
                given.Theme = ResourceName.Theme.Of(plan, parent.Theme.Slug);
            PlanActionFields.Check(given, plan);
            var theme = await ThemeAsync(db, edit, given.Theme, token);
            if (parent is not null && parent.Theme != theme)
                throw ApiErrors.InvalidField("plan_action.theme", $"A sub-action has the theme of its parent, {parent.Theme.Slug}.");

            var action = new PlanActionEntity
            {
                Plan = edit.Plan,
                Theme = theme,
                Parent = parent,
                Ref = reference,
                SortKey = RefOrder.Key(theme.Position, reference),
                State = State.Active,
                Leaf = true,
                CreateTime = edit.Now,
            };
            Write(action, given, leads);
            db.Add(action);
            if (parent is { Leaf: true })
            {
                PlanActionRules.Divide(parent);
                edit.Changed(parent, $"{reference} was made below it.");
            }

            edit.Changed(action);
            return action.ToMessage(plan);
        }, cancellationToken);
    }

    public async Task<PlanAction> UpdateAsync(UpdatePlanActionRequest request, string caller, CancellationToken cancellationToken)
    {
        var given = request.PlanAction ?? throw ApiErrors.InvalidField("plan_action", "It is required.");
        var ids = ResourceName.PlanAction.Parse(given.Name, "plan_action.name");
        var fields = PlanActionFields.Changeable.Named(request.UpdateMask, given);
        var leads = await directory.ResolveAsync(
            ids[0], fields.Contains("delivery_leads") ? Unlinked(given) : [], collect: !request.ValidateOnly, cancellationToken);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return await plans.WriteAsync(call, ids[0], async (db, edit, token) =>
        {
            var action = await PlanActionRules.FindAsync(db, edit, given.Name, ids[1], given.Etag, token);
            PlanActionRules.RequireActive(given.Name, action);
            var before = action.ToMessage(ids[0]);
            var changed = before.Clone();
            PlanActionFields.Changeable.Merge(changed, given, fields);
            PlanActionFields.Check(changed, ids[0]);
            if (!action.Leaf && changed.OpccLeads.Count + changed.DeliveryLeads.Count > 0)
                throw ApiErrors.InvalidField("plan_action.delivery_leads", "An action with sub-actions has no leads of its own.");

            var theme = await ThemeAsync(db, edit, changed.Theme, token);
            Write(action, changed, leads);
            if (theme != action.Theme)
                await MoveAsync(db, edit, action, theme, token);
            if (!action.ToMessage(ids[0]).Equals(before))
                edit.Changed(action);
            return action.ToMessage(ids[0]);
        }, cancellationToken);
    }

    private static void Write(PlanActionEntity target, PlanAction source, LeadAnswers leads)
    {
        target.Title = source.Title;
        target.Notes = [.. source.Notes];
        target.OpccLeads = [.. source.OpccLeads];
        target.CrossReferences = [.. source.CrossReferences.Select(r => r[(r.LastIndexOf('/') + 1)..])];
        target.DeliveryLeads =
        [
            .. source.DeliveryLeads.Select(l => l.Partner.Length == 0
                ? new DeliveryLeadEntity(l.Text, leads.For(new LeadText(l.Text, l.Qualifier))?.Partner ?? "", l.Qualifier)
                // Who writes back what was read says nothing new.
                : l.Among(target.DeliveryLeads) ?? new DeliveryLeadEntity(l.Text, l.Partner, l.Qualifier, Stated: true)),
        ];
        target.LeadsPending = !leads.Reached && target.DeliveryLeads.Exists(l => l.Partner.Length == 0);
    }

    // Sub-actions go with their parent.
    private static async Task MoveAsync(ActionsContext db, PlanEdit edit, PlanActionEntity action, ThemeEntity theme, CancellationToken cancellationToken)
    {
        if (action.Parent is not null)
            throw ApiErrors.InvalidField("plan_action.theme", $"A sub-action has the theme of its parent, {action.Theme.Slug}.");

        var children = await db.PlanActions.Include(a => a.Theme).Where(a => a.ParentId == action.Id).ToListAsync(cancellationToken);
        foreach (var moved in children.Prepend(action))
        {
            moved.Theme = theme;
            moved.SortKey = RefOrder.Key(theme.Position, moved.Ref);
            if (moved != action)
                edit.Changed(moved, $"{action.Ref} was moved to {theme.DisplayName}.");
        }
    }

    private static async Task<ThemeEntity> ThemeAsync(ActionsContext db, PlanEdit edit, string name, CancellationToken cancellationToken)
    {
        var slug = ResourceName.Theme.Parse(name, "plan_action.theme")[1];
        return await db.Themes.SingleOrDefaultAsync(t => t.PlanId == edit.Plan.Id && t.Slug == slug, cancellationToken)
            ?? throw ApiErrors.InvalidField("plan_action.theme", $"There is no {name}.");
    }

    private static async Task<PlanActionEntity> ParentAsync(ActionsContext db, PlanEdit edit, string name, CancellationToken cancellationToken)
    {
        var reference = ResourceName.PlanAction.Parse(name, "plan_action.parent_action")[1];
        var parent = await db.PlanActions.Include(a => a.Theme).Include(a => a.Parent)
            .SingleOrDefaultAsync(a => a.PlanId == edit.Plan.Id && a.Ref == reference, cancellationToken)
            ?? throw ApiErrors.InvalidField("plan_action.parent_action", $"There is no {name}.");
        PlanActionRules.RequireActive(name, parent);
        return parent;
    }

    // "O2.1" is a sub-action of O2 and of nothing else.
    private static string CheckRef(string reference, string parentAction, string plan)
    {
        if (RefText.Plain(reference) is not { Prefix.Length: > 0 } parsed || parsed.ToString() != reference)
        {
            throw ApiErrors.InvalidField(
                "plan_action_id", "It is required: one to four letters A to Z, a number, and for a sub-action a point and a number, as in O2.1.");
        }

        var parent = parsed.Parent is { } of ? ResourceName.PlanAction.Of(plan, of) : "";
        return parent == parentAction ? reference : throw ApiErrors.InvalidField(
            "plan_action.parent_action", parent.Length == 0 ? $"{reference} is no sub-action's ref." : $"The parent of {reference} is {parent}.");
    }

    private static IEnumerable<LeadText> Unlinked(PlanAction action) =>
        action.DeliveryLeads.Where(l => l.Partner.Length == 0).Select(l => new LeadText(l.Text, l.Qualifier));
}
