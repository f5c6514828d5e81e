#pragma warning disable
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Text;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;
namespace PlanServices.Actions.Features.Grid.Reading;
public sealed record KnownTheme(string Id, string DisplayName, string RefPrefix);
public sealed record KnownAction(string Ref, string? ParentRef, string ThemeId, string Title);
public sealed record GridContext(IReadOnlyList<KnownTheme> Themes, IReadOnlyList<KnownAction> Actions, IReadOnlyDictionary<string, Status> StatusLabels);
public sealed record GridReading(IReadOnlyList<GridTheme> Themes, IReadOnlyList<GridAction> Actions, IReadOnlyList<GridLeaf> Leaves, IReadOnlyList<Diagnostic> Diagnostics);
public sealed record GridTheme(string DisplayName, string RefPrefix);
public sealed record GridAction(int Line, string Ref, string Theme, string RefPrefix, string Title, IReadOnlyList<string> Notes);
public sealed record SuggestedStatus(Status Status, string Quote);
public sealed record GridLeaf(int Line, string Ref, string? ParentRef, string Theme, string RefPrefix, string Title, IReadOnlyList<string> Notes, IReadOnlyList<string> OpccLeads, IReadOnlyList<LeadText> DeliveryLeads, string Narrative, string Opportunities, Status Status, string StatusReason, ProgressUpdate.Types.Direction Direction, IReadOnlyList<string> EvidenceLinks, IReadOnlyList<string> CrossReferences, SuggestedStatus? SuggestedStatus, string RawRef, string RawStatus, string RawDirection, string RawOpccLeads, string RawDeliveryLeads);
public sealed record Diagnostic(GridDiagnostic.Types.Severity Severity, string Code, int Line, string Column, string Raw, string Interpreted, double Confidence, string Message, string Ref);
public sealed class UnreadableGridException(string m) : Exception(m);
public static class GridReader { public static GridReading ReadText(string t, GridContext c) => null!; public static GridReading ReadCsv(string t, GridContext c) => null!; }
