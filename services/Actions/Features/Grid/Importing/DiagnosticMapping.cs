using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.V1;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>The reader's diagnostics as the contract has them.</summary>
internal static class DiagnosticMapping
{
    private const int MostRawCharacters = 500;

    public static GridDiagnostic ToMessage(this Diagnostic diagnostic) => new()
    {
        Severity = diagnostic.Severity,
        Code = diagnostic.Code,
        Row = diagnostic.Line,
        Column = diagnostic.Column,
        Raw = diagnostic.Raw.Length <= MostRawCharacters ? diagnostic.Raw : diagnostic.Raw[..MostRawCharacters] + "…",
        Interpreted = diagnostic.Interpreted,
        Confidence = diagnostic.Confidence,
        Message = diagnostic.Message,
        Ref = diagnostic.Ref,
    };
}
