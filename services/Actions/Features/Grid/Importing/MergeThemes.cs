using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>Finds the themes that a grid names in the plan, or makes them.</summary>
internal sealed class MergeThemes(ActionsContext db, PlanEdit edit, List<ThemeEntity> themes, bool createMissing)
{
    public int Created { get; private set; }

    /// <summary>The theme of this name or ref prefix. NOT_FOUND where there is none and none is to be made.</summary>
    public ThemeEntity Find(string displayName, string refPrefix)
    {
        var slug = SlugOf(displayName, refPrefix);
        var theme = themes.Find(t => t.Slug == slug)
            ?? themes.Find(t => string.Equals(t.DisplayName, displayName, StringComparison.OrdinalIgnoreCase))
            ?? themes.Find(t => refPrefix.Length > 0 && t.RefPrefix == refPrefix);
        if (theme is not null)
            return theme;
        if (!createMissing)
            throw ApiErrors.NotFound(ResourceName.Theme.Of(edit.Plan.Slug, slug));

        theme = new ThemeEntity
        {
            Plan = edit.Plan,
            Slug = slug,
            DisplayName = displayName,
            RefPrefix = refPrefix,
            Position = themes.Count == 0 ? 1 : themes.Max(t => t.Position) + 1,
        };
        themes.Add(theme);
        db.Add(theme);
        edit.Changed(theme);
        Created++;
        return theme;
    }

    /// <summary>The theme with this key.</summary>
    public ThemeEntity ById(int id) => themes.Find(t => t.Id == id) ?? throw new InvalidOperationException($"The plan has no theme {id}.");

    // "Community safety" → "community-safety".
    private static string SlugOf(string displayName, string refPrefix)
    {
        var words = new string([.. displayName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        if (slug.Length == 0 || !char.IsAsciiLetter(slug[0]))
            slug = $"theme-{slug}{refPrefix.ToLowerInvariant()}";

        return slug[..Math.Min(slug.Length, 63)].TrimEnd('-');
    }
}
