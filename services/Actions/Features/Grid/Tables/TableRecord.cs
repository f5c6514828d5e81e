namespace PlanServices.Actions.Features.Grid.Tables;

/// <summary>One record of a table: a line of a CSV file, a row of a sheet or of a Word table.</summary>
/// <param name="Line">Where it stands, from 1: what diagnostics point to.</param>
/// <param name="Cells">Its cells, as text.</param>
/// <param name="Fills">The fill of each cell as <c>rrggbb</c>, where the format has fills; null where a cell has none.</param>
internal sealed record TableRecord(int Line, IReadOnlyList<string> Cells, IReadOnlyList<string?>? Fills = null);
