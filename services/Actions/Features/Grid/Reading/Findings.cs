using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Collects diagnostics as the stages find them.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> _found = [];

    /// <summary>What was found so far, to go on from more than once.</summary>
    public Findings Clone()
    {
        var clone = new Findings();
        clone._found.AddRange(_found);
        return clone;
    }

    /// <summary>A repair that is certain, or a cell that is simply empty.</summary>
    public void Info(
        string code, int line, string column, string raw, string interpreted, string message, double confidence = 1, string reference = "") =>
        _found.Add(new Diagnostic(Severity.Info, code, line, column, raw, interpreted, confidence, message, reference));

    /// <summary>Something is missing, or was understood with a doubt.</summary>
    public void Warn(
        string code, int line, string column, string raw, string interpreted, string message, double confidence = 0, string reference = "") =>
        _found.Add(new Diagnostic(Severity.Warning, code, line, column, raw, interpreted, confidence, message, reference));

    /// <summary>A row was left out.</summary>
    public void Error(string code, int line, string column, string raw, string message) =>
        _found.Add(new Diagnostic(Severity.Error, code, line, column, raw, "", 0, message, ""));

    /// <summary>All of them in the grid's order, each with the ref of its row.</summary>
    public IReadOnlyList<Diagnostic> InOrder(IReadOnlyDictionary<int, string> refsByLine) =>
        [.. _found
            .Select(d => d.Ref.Length > 0 ? d : d with { Ref = refsByLine.GetValueOrDefault(d.Line, "") })
            .OrderBy(d => d.Line)];
}
