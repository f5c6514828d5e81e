using PlanServices.Reporting.V1;

namespace PlanServices.Dashboard.Features.Heatmaps;

/// <summary>A line of the heatmap.</summary>
/// <param name="Row">The leaf over the periods; null where the line is the heading of a theme.</param>
/// <param name="Theme">The heading.</param>
public sealed record HeatLine(GridRow? Row, string Theme);
