using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Grid.Importing;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.V1;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>What is to be said of an edited sheet.</summary>
/// <param name="found">What was found while it was read.</param>
internal sealed class EditedFindings(IReadOnlyList<Diagnostic> found)
{
    private readonly List<GridDiagnostic> _diagnostics = [.. found.Select(d => d.ToMessage())];

    /// <summary>All of it, in the sheet's order.</summary>
    public IReadOnlyList<GridDiagnostic> InOrder() => [.. _diagnostics.OrderBy(d => d.Row)];

    /// <summary>What an action is can be seen in the sheet and is not read from it: who edited it there has to hear so.</summary>
    public void ReportShown(EditedRow row, PlanActionEntity leaf)
    {
        foreach (var ((heading, cellOf), cell) in GridCells.ActionColumns.Zip(row.Shown))
        {
            if (cell is not null && cellOf(leaf) is var stands && !GridCells.Same(cell, stands))
            {
                Report(
                    row, Severity.Warning, "CELL_NOT_TAKEN", heading, cell,
                    $"The plan has '{stands}' there; this column is only shown, and what was written in it was not taken.");
            }
        }
    }

    public void Report(EditedRow row, Severity severity, string code, string column, string raw, string message) =>
        _diagnostics.Add(new GridDiagnostic
        {
            Severity = severity,
            Code = code,
            Row = row.Line,
            Ref = row.Ref,
            Column = column,
            Raw = raw.Length <= 500 ? raw : raw[..500] + "…",
            Confidence = 1,
            Message = message,
        });
}
