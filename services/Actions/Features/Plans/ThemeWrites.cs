using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Plans;

/// <summary>Makes and changes themes.</summary>
internal sealed class ThemeWrites(PlanWriter plans)
{
    private const int MostPosition = 9999;

    private static readonly FieldSet<Theme> Changeable = new(
        ("display_name", t => t.DisplayName.Length > 0, (to, from) => to.DisplayName = from.DisplayName),
        ("ref_prefix", t => t.RefPrefix.Length > 0, (to, from) => to.RefPrefix = from.RefPrefix),
        ("position", t => t.Position != 0, (to, from) => to.Position = from.Position));

    public Task<Theme> CreateAsync(CreateThemeRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var slug = ResourceName.CheckId(request.ThemeId, "theme_id");
        var theme = request.Theme ?? throw ApiErrors.InvalidField("theme", "It is required.");
        Check(theme);
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
            CheckPosition(entity, themes);
            edit.Changed(entity);
            if (before.Position != entity.Position)
                await SortAsync(db, entity, token);
            return entity.ToMessage(ids[0]);
        }, cancellationToken);
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
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(theme.DisplayName) || theme.DisplayName.Length > 200)
            errors.Add(new FieldError("theme.display_name", "It is required, at most 200 characters."));
        if (theme.RefPrefix.Length > 4 || !theme.RefPrefix.All(char.IsAsciiLetterUpper))
            errors.Add(new FieldError("theme.ref_prefix", "It is at most 4 letters A to Z."));
        if (theme.Position is < 0 or > MostPosition)
            errors.Add(new FieldError("theme.position", $"It is 1 to {MostPosition}."));
        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }
}
