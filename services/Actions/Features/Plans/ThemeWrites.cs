using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Plans;

/// <summary>Makes and changes themes.</summary>
internal sealed class ThemeWrites(PlanWriter plans)
{
    private static readonly FieldSet<Theme> Changeable = new(
        ("display_name", t => t.DisplayName.Length > 0, (to, from) => to.DisplayName = from.DisplayName),
        ("ref_prefix", t => t.RefPrefix.Length > 0, (to, from) => to.RefPrefix = from.RefPrefix),
        ("position", t => t.Position != 0, (to, from) => to.Position = from.Position),
        ("sections", t => t.Sections.Count > 0, CopySections),
        ("pledges", t => t.Pledges.Count > 0, CopyPledges),
        ("measures_of_success", t => t.MeasuresOfSuccess.Count > 0, (to, from) => FieldSet.Replace(to.MeasuresOfSuccess, from.MeasuresOfSuccess)),
        ("outcomes", t => t.Outcomes.Count > 0, (to, from) => FieldSet.Replace(to.Outcomes, from.Outcomes)));

    public Task<Theme> CreateAsync(CreateThemeRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var slug = ResourceName.CheckId(request.ThemeId, "theme_id");
        var theme = request.Theme ?? throw ApiErrors.InvalidField("theme", "It is required.");
        Check(theme);
        var framework = new Theme();
        Changeable.Merge(framework, theme, Changeable.Named(null, theme));
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, plan, async (db, edit, token) =>
        {
            var themes = await db.Themes.Where(t => t.PlanId == edit.Plan.Id).ToListAsync(token);
            if (themes.Exists(t => t.Slug == slug))
                throw ApiErrors.AlreadyExists(ResourceName.Theme.Of(plan, slug));

            var entity = new ThemeEntity
            {
                Plan = edit.Plan,
                Slug = slug,
                DisplayName = theme.DisplayName,
                RefPrefix = theme.RefPrefix,
                Framework = PlanMapping.Framework(framework),
                Position = theme.Position == 0 ? themes.Select(t => t.Position).DefaultIfEmpty().Max() + 1 : theme.Position,
            };
            CheckPosition(entity, themes);
            db.Add(entity);
            edit.Changed(entity);
            return entity.ToMessage(plan);
        }, cancellationToken);
    }

    public Task<Theme> UpdateAsync(UpdateThemeRequest request, string caller, CancellationToken cancellationToken)
    {
        var theme = request.Theme ?? throw ApiErrors.InvalidField("theme", "It is required.");
        var ids = ResourceName.Theme.Parse(theme.Name, "theme.name");
        var fields = Changeable.Named(request.UpdateMask, theme);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        return plans.WriteAsync(call, ids[0], async (db, edit, token) =>
        {
            var themes = await db.Themes.Where(t => t.PlanId == edit.Plan.Id).ToListAsync(token);
            var entity = themes.Find(t => t.Slug == ids[1]) ?? throw ApiErrors.NotFound(theme.Name);
            Etags.Check(theme.Name, theme.Etag, entity.Revision);
            var before = entity.ToMessage(ids[0]);
            var changed = before.Clone();
            Changeable.Merge(changed, theme, fields);
            Check(changed);
            if (changed.Equals(before))
                return before;

            (entity.DisplayName, entity.RefPrefix, entity.Position) = (changed.DisplayName, changed.RefPrefix, changed.Position);
            entity.Framework = PlanMapping.Framework(changed);
            CheckPosition(entity, themes);
            edit.Changed(entity);
            if (before.Position != entity.Position)
                await SortAsync(db, entity, token);
            return entity.ToMessage(ids[0]);
        }, cancellationToken);
    }

    // Where a section came from and went is what refreshes made of it; those that stand here no more stay behind the others.
    private static void CopySections(Theme target, Theme source)
    {
        var known = target.Sections.ToDictionary(s => s.Id);
        var gone = target.Sections.Where(s => s.State is Section.Types.State.Moved or Section.Types.State.Retired).ToList();
        target.Sections.Clear();
        foreach (var given in source.Sections.Where(s => !gone.Exists(g => g.Id == s.Id)))
        {
            var section = known.GetValueOrDefault(given.Id) ?? new Section { Id = given.Id, State = Section.Types.State.Active };
            (section.DisplayName, section.Summary) = (given.DisplayName, given.Summary);
            target.Sections.Add(section);
        }

        target.Sections.AddRange(gone);
    }

    private static void CopyPledges(Theme target, Theme source)
    {
        var known = target.Pledges.ToDictionary(p => p.Id);
        target.Pledges.Clear();
        target.Pledges.AddRange(source.Pledges.Select(given => new Pledge
        {
            Id = given.Id,
            DisplayName = given.DisplayName,
            Text = given.Text,
            State = known.GetValueOrDefault(given.Id)?.State ?? Pledge.Types.State.Retained,
        }));
    }

    // The order of actions follows their theme's place.
    private static async Task SortAsync(ActionsContext db, ThemeEntity theme, CancellationToken cancellationToken)
    {
        foreach (var action in await db.PlanActions.Where(a => a.ThemeId == theme.Id).ToListAsync(cancellationToken))
            action.SortKey = RefOrder.Key(theme.Position, action.Ref);
    }

    private static void CheckPosition(ThemeEntity theme, List<ThemeEntity> themes)
    {
        if (themes.Find(t => t != theme && t.Position == theme.Position) is { } taken)
            throw ApiErrors.InvalidField("theme.position", $"{theme.Position} is the place of {taken.Slug}.");
    }

    private static void Check(Theme theme)
    {
        if (ThemeRules.Check(theme, "theme") is { Count: > 0 } errors)
            throw ApiErrors.InvalidFields(errors);
    }
}
