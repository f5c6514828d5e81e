using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.Reporting.V1;
using Direction = PlanServices.Actions.V1.ProgressUpdate.Types.Direction;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;

namespace PlanServices.Dashboard.Reading;

/// <summary>The contracts' values in words for people.</summary>
internal static class Words
{
    public static string Of(Direction direction) => direction switch
    {
        Direction.Improved => "Improved",
        Direction.NoChange => "No change",
        Direction.Deteriorated => "Deteriorated",
        _ => "Not recorded",
    };

    public static string Arrow(Direction direction) => direction switch
    {
        Direction.Improved => "↑",
        Direction.NoChange => "→",
        Direction.Deteriorated => "↓",
        _ => "–",
    };

    public static string Of(State state) => state switch
    {
        State.Draft => "Draft",
        State.Submitted => "Submitted",
        State.Returned => "Returned",
        State.Approved => "Approved",
        _ => "No update",
    };

    public static string Of(Partner.Types.Kind kind) => kind switch
    {
        Partner.Types.Kind.Organisation => "Organisation",
        Partner.Types.Kind.Board => "Board",
        Partner.Types.Kind.DeliveryGroup => "Delivery group",
        Partner.Types.Kind.Partnership => "Partnership",
        Partner.Types.Kind.Service => "Service",
        _ => "Body",
    };

    /// <summary>What the one body is to the other: "sub-group of".</summary>
    public static string Of(Relation.Types.Kind kind) => kind switch
    {
        Relation.Types.Kind.SubgroupOf => "sub-group of",
        Relation.Types.Kind.AccountableTo => "accountable to",
        Relation.Types.Kind.MemberOf => "member of",
        Relation.Types.Kind.Chairs => "chairs",
        Relation.Types.Kind.SucceededBy => "succeeded by",
        _ => "related to",
    };

    public static string Of(Audience audience) => audience switch
    {
        Audience.Panel => "Police and Crime Panel",
        Audience.Public => "Public",
        _ => "Board",
    };

    public static string Of(ProtectiveMarking marking) => marking switch
    {
        ProtectiveMarking.Official => "OFFICIAL",
        ProtectiveMarking.OfficialSensitive => "OFFICIAL-SENSITIVE",
        _ => "No marking",
    };

    public static string Of(Google.Type.Date? date) => date is null ? "" : date switch
    {
        { Year: 0 } or { Month: 0 } => "",
        { Day: 0 } => new DateOnly(date.Year, date.Month, 1).ToString("MMMM yyyy"),
        _ => new DateOnly(date.Year, date.Month, date.Day).ToString("d MMMM yyyy"),
    };

    public static string Of(Google.Protobuf.WellKnownTypes.Timestamp? time) => time is null ? "" : time.ToDateTime().ToString("d MMM yyyy, HH:mm") + " UTC";

    public static string Of(DeliveryLead lead) => lead.Qualifier.Length == 0 ? lead.Text : $"{lead.Text} ({lead.Qualifier})";

    /// <summary>Leads in a line, each with who has taken its place: "Safety Board (now Safety Forum)".</summary>
    /// <param name="leads">The leads.</param>
    /// <param name="names">What the successors are called, by their resource names.</param>
    public static string Of(IEnumerable<DeliveryLead> leads, IReadOnlyDictionary<string, string> names) => string.Join(" / ", leads.Select(lead =>
        lead.Successors.Count == 0 ? Of(lead) : $"{Of(lead)} (now {string.Join(", ", lead.Successors.Select(s => names.GetValueOrDefault(s) ?? Place.Id(s)))})"));

    /// <summary>Who wrote something: a person as they are known, a program by its id.</summary>
    public static string Caller(string caller) => caller.StartsWith("clients/", StringComparison.Ordinal) ? $"the program “{Place.Id(caller)}”" : caller;

    /// <summary>"1 action", "2 actions".</summary>
    public static string Count(int count, string one, string? many = null) => $"{count:N0} {(count == 1 ? one : many ?? one + "s")}";
}
