using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>Collects diagnostics as the stages find them, the grid's first ones: of a large grid nobody lists all.</summary>
/// <param name="most">How many are kept; unless it is said, all.</param>
internal sealed class Findings(int most = int.MaxValue)
{
    private readonly List<Diagnostic> _found = [];

    // Nothing on a later line is among the first any more.
    private int _last = int.MaxValue;

    /// <summary>How many there were, those that are not kept among them.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps nothing: for a stage that is gone through again.</summary>
    public static Findings Unheard() => new(0);

    /// <summary>What was found so far, to go on from more than once.</summary>
    public Findings Clone() => Clone(most);

    /// <inheritdoc cref="Clone()"/>
    /// <param name="kept">How many are kept.</param>
    public Findings Clone(int kept)
    {
        var clone = new Findings(kept) { Count = Count };
        clone._found.AddRange(_found);
        return clone;
    }

    /// <summary>A repair that is certain, or a cell that is simply empty.</summary>
    public void Info(
        string code, int line, string column, string raw, string interpreted, string message, double confidence = 1, string reference = "") =>
        Add(new Diagnostic(Severity.Info, code, line, column, raw, interpreted, confidence, message, reference));

    /// <summary>Something is missing, or was understood with a doubt.</summary>
    public void Warn(
        string code, int line, string column, string raw, string interpreted, string message, double confidence = 0, string reference = "") =>
        Add(new Diagnostic(Severity.Warning, code, line, column, raw, interpreted, confidence, message, reference));

    /// <summary>A row was left out.</summary>
    public void Error(string code, int line, string column, string raw, string message) =>
        Add(new Diagnostic(Severity.Error, code, line, column, raw, "", 0, message, ""));

    /// <summary>Those that are kept, in the grid's order.</summary>
    public IReadOnlyList<Diagnostic> InOrder()
    {
        Cut();
        return _found;
    }

    private void Add(Diagnostic diagnostic)
    {
        Count++;
        if (most == 0 || diagnostic.Line >= _last)
            return;

        _found.Add(diagnostic);
        if (_found.Count >= 2L * most)
            Cut();
    }

    private void Cut()
    {
        List<Diagnostic> first = [.. _found.OrderBy(d => d.Line).Take(most)];
        _found.Clear();
        _found.AddRange(first);
        if (_found.Count == most && most > 0)
            _last = _found[^1].Line;
    }
}
