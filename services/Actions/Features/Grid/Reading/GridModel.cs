using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Text;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>A theme that the plan has already.</summary>
internal sealed record KnownTheme(string Id, string DisplayName, string RefPrefix);

/// <summary>An action that the plan has already.</summary>
internal sealed record KnownAction(string Ref, string? ParentRef, bool Retired = false);

/// <summary>What is known of the plan before its grid is read; of a new plan, nothing but the usual status labels.</summary>
internal sealed record GridContext(
    IReadOnlyList<KnownTheme> Themes, IReadOnlyList<KnownAction> Actions, IReadOnlyDictionary<string, Status> StatusLabels)
{
    /// <summary>Whether a grid reads the same in the light of either.</summary>
    public bool IsSameAs(GridContext other) => Themes.SequenceEqual(other.Themes)
        && Actions.SequenceEqual(other.Actions)
        && StatusLabels.Count == other.StatusLabels.Count
        && StatusLabels.All(l => other.StatusLabels.TryGetValue(l.Key, out var status) && status == l.Value);
}

/// <summary>A theme as the grid names it.</summary>
internal sealed record GridTheme(string DisplayName, string RefPrefix);

/// <summary>An action whose sub-actions are rows of the grid.</summary>
/// <param name="SubRows">How many of its sub-actions are rows, those aside that the plan has retired.</param>
/// <param name="Reports">Whether a row reports on itself, too.</param>
internal sealed record GridAction(
    int Line, string Ref, string Theme, string RefPrefix, string Title, IReadOnlyList<string> Notes, int SubRows, bool Reports);

/// <summary>A status that is stated in prose only.</summary>
internal sealed record SuggestedStatus(Status Status, string Quote);

/// <summary>One reported row. What the page lost is unspecified or empty; <c>Raw…</c> are the cells as they stood there.</summary>
internal sealed record GridLeaf
{
    public required int Line { get; init; }

    public required string Ref { get; init; }

    public string? ParentRef { get; init; }

    public required string Theme { get; init; }

    public required string RefPrefix { get; init; }

    public string Title { get; init; } = "";

    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<string> OpccLeads { get; init; } = [];

    public IReadOnlyList<LeadText> DeliveryLeads { get; init; } = [];

    public string Narrative { get; init; } = "";

    public string Opportunities { get; init; } = "";

    public Status Status { get; init; }

    public string StatusReason { get; init; } = "";

    public Direction Direction { get; init; }

    public IReadOnlyList<string> EvidenceLinks { get; init; } = [];

    public IReadOnlyList<string> CrossReferences { get; init; } = [];

    /// <summary>Links stand in a cell of their own, too.</summary>
    public bool HasLinkCell { get; init; }

    /// <summary>References stand in a cell of their own, too.</summary>
    public bool HasReferenceCell { get; init; }

    public SuggestedStatus? SuggestedStatus { get; init; }

    public string RawRef { get; init; } = "";

    public string RawStatus { get; init; } = "";

    public string RawDirection { get; init; } = "";

    public string RawOpccLeads { get; init; } = "";

    public string RawDeliveryLeads { get; init; } = "";
}

/// <summary>Something that the reader repaired, left out or doubts.</summary>
internal sealed record Diagnostic(
    GridDiagnostic.Types.Severity Severity,
    string Code,
    int Line,
    string Column,
    string Raw,
    string Interpreted,
    double Confidence,
    string Message,
    string Ref);

/// <summary>The content is no grid: the message says why in one sentence.</summary>
internal sealed class UnreadableGridException(string message) : Exception(message);
