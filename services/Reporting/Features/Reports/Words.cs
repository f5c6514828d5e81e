using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>What a report prints for a value.</summary>
internal static class Words
{
    /// <summary>The word for a status that the plan's scheme has none for.</summary>
    public static string Word(this Status status) => status switch
    {
        Status.Red => "Red",
        Status.Amber => "Amber",
        Status.Green => "Green",
        Status.NotStarted => "Not started",
        Status.Complete => "Complete",
        Status.NotRated => "Not rated",
        _ => "Not recorded",
    };

    /// <summary>The letter for a status that the plan's scheme has none for.</summary>
    public static string Letter(this Status status) => status switch
    {
        Status.NotStarted => "W",
        Status.Unspecified => "–",
        _ => status.Word()[..1],
    };

    public static string Word(this Direction direction) => direction switch
    {
        Direction.Improved => "Improved",
        Direction.NoChange => "No change",
        Direction.Deteriorated => "Deteriorated",
        _ => "Not recorded",
    };

    public static string Arrow(this Direction direction) => direction switch
    {
        Direction.Improved => "↑",
        Direction.NoChange => "↔",
        Direction.Deteriorated => "↓",
        _ => "",
    };

    public static string Word(this State state) => state switch
    {
        State.Draft => "Draft",
        State.Submitted => "Submitted",
        State.Returned => "Returned",
        State.Approved => "Approved",
        _ => "No update",
    };

    public static string Text(this DeliveryLead lead) => lead.Qualifier.Length == 0 ? lead.Text : $"{lead.Text} ({lead.Qualifier})";

    /// <summary>The leads as they were written.</summary>
    public static string Leads(this ReportRow row) => string.Join(" / ", row.DeliveryLeads.Select(Text));

    /// <summary>The leads as they were written, each with who has taken its place: "Safety Board (now Safety Forum)".</summary>
    public static string LeadsNow(this ReportRow row) => string.Join(" / ", row.DeliveryLeads.Select(lead => lead.Successors.Count == 0
        ? lead.Text()
        : $"{lead.Text()} (now {string.Join(", ", lead.Successors.Select(s => row.LeadSuccessors.FirstOrDefault(n => n.Partner == s)?.DisplayName ?? s))})"));
}
