using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.V1;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>What the merge says of a row, which it knows for certain.</summary>
internal static class RowDiagnostics
{
    public static GridDiagnostic Diagnostic(
        this GridLeaf leaf, GridDiagnostic.Types.Severity severity, string code, string message, string column = "", string raw = "", string interpreted = "") => new()
        {
            Severity = severity,
            Code = code,
            Row = leaf.Line,
            Ref = leaf.Ref,
            Column = column,
            Raw = raw,
            Interpreted = interpreted,
            Confidence = 1,
            Message = message,
        };
}
