using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Leads;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>A grid as it was read, in the light of what the plan held.</summary>
/// <param name="Context">What the plan held.</param>
/// <param name="Grid">What the grid says.</param>
/// <param name="Leads">Who the directory says its leads are.</param>
internal sealed record ImportReading(GridContext Context, GridReading Grid, LeadAnswers Leads);
