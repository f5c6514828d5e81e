using MudBlazor;

namespace PlanServices.Dashboard.Components.Layout;

/// <summary>
/// What MudBlazor is told of the pages' look: the reader's own fonts, so that none is fetched. Its colours are set in dashboard.css, light
/// and dark side by side, so that a page is right before any script runs.
/// </summary>
internal static class Look
{
    private static readonly string[] Fonts = ["Segoe UI", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
