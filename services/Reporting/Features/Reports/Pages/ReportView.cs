using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using State = PlanServices.Actions.V1.ProgressUpdate.Types.State;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports.Pages;

/// <summary>What every laid-out format of a report says, in the words and order of the paper. The formats differ in their form only.</summary>
public sealed class ReportView
{
    // In characters and lines of a printed page.
    private const int NarrativeWidth = 62;
    private const int OpportunitiesWidth = 34;
    private const int TitleWidth = 34;
    private const int MostWholeLines = 22;

    private readonly Dictionary<Status, StatusMark> _marks;
    private readonly Dictionary<string, string> _anchors;

    public ReportView(ProgressReport report)
    {
        Report = SafeText.Clean(report);
        _marks = Report.StatusScheme.Statuses.DistinctBy(s => s.Status).ToDictionary(s => s.Status, StatusMark.Of);
        Kinds = [.. Report.StatusScheme.Statuses.DistinctBy(s => s.Status).Select(StatusKind.Of)];
        if (Report.Audience is Audience.Panel or Audience.Public)
            Kinds = [.. Kinds, StatusKind.NotShown];
        Themes = [.. Report.Rows.GroupBy(r => r.Theme).Select((g, i) => new ThemeRows($"theme-{i + 1}", Name(g.First().ThemeDisplayName), [.. g]))];
        // In another order than the plan's the rows stay together.
        if (!Themes.SelectMany(t => t.Rows).SequenceEqual(Report.Rows))
            Themes = [new ThemeRows("theme-1", "Actions", Report.Rows)];
        _anchors = Anchors(Report.Rows);
    }

    public ProgressReport Report { get; }

    public StatusSummary Summary => Report.Summary;

    /// <summary>The statuses that are counted, in the scheme's order.</summary>
    public IReadOnlyList<StatusKind> Kinds { get; }

    public IReadOnlyList<ThemeRows> Themes { get; }

    public string Title => $"{Summary.PlanDisplayName}: progress, {Summary.PeriodDisplayName}";

    public string AsAt => Day.Text(Summary.AsAtDate) ?? Summary.PeriodDisplayName;

    /// <summary>"OFFICIAL"; empty where the report has no marking.</summary>
    public string Marking => Report.ProtectiveMarking switch
    {
        ProtectiveMarking.Official => "OFFICIAL",
        ProtectiveMarking.OfficialSensitive => "OFFICIAL-SENSITIVE",
        _ => "",
    };

    public string Edition => Report.Selection.Length == 0 ? For : $"This paper shows {Report.Selection}. The figures are those of the whole plan. {For}";

    private string For => Report.Audience switch
    {
        Audience.Panel => "Edition for the Police and Crime Panel: approved updates. What is not approved is blank and says so.",
        Audience.Public => "Public edition: approved updates. What is not approved or is withheld is blank and says why.",
        _ => "Edition for the board: all updates, approved or not.",
    };

    /// <summary>How many have reported, as far as the audience sees it.</summary>
    public string Coverage
    {
        get
        {
            // What is a draft, or was sent back, is no report yet.
            var (states, leaves) = (Summary.Total.States, Summary.Total.Leaves);
            var (reported, verb) = Report.Audience is Audience.Panel or Audience.Public
                ? (states.Approved, "approved updates")
                : (states.Submitted + states.Approved, "reported");
            return reported == leaves ? $"All {leaves} actions have {verb}." : $"{reported} of {leaves} actions have {verb}.";
        }
    }

    public string Imprint => $"{(Report.Number > 0 ? $"Report {Report.Number}. " : "")}Made from revision {Summary.Revision} of the plan, {Day.Text(Summary.UpdateTime?.ToDateTime() ?? default)}.";

    /// <summary>What the report corrects; empty where it corrects none.</summary>
    public string Correction => Report.Corrects.Length == 0
        ? ""
        : $"This report corrects report {Report.Corrects[(Report.Corrects.LastIndexOf('/') + 1)..]}. {Report.CorrectionNote}".TrimEnd();

    /// <summary>How new text is marked; empty where there is no earlier report.</summary>
    public string Legend => Report.BasePeriod is { } past
        ? $"Text that is new since {past.DisplayName} is underlined and begins with the mark"
        : "";

    /// <summary>Stands before what is new.</summary>
    public const string NewMark = "▸New:";

    /// <summary>What the arrows mean.</summary>
    public const string DirectionKey = "↑ improved, ↔ no change, ↓ deteriorated since the last report, as the lead states it";

    public PageText Narrative(ReportRow row) => Linked(row, PageText.Of(row, "narrative", row.Narrative));

    public PageText Opportunities(ReportRow row) => Linked(row, PageText.Of(row, "opportunities", row.Opportunities));

    /// <summary>What a row points to and its texts do not name: it stands below them.</summary>
    public (IReadOnlyList<string> EvidenceLinks, IReadOnlyList<string> CrossReferences) Unnamed(ReportRow row)
    {
        if (row.EvidenceLinks.Count + row.CrossReferences.Count == 0)
            return ([], []);

        var named = new[] { Narrative(row), Opportunities(row) }
            .SelectMany(t => t.Paragraphs).SelectMany(p => p).SelectMany(r => r.Parts).Select(p => p.Name).ToHashSet();
        return ([.. row.EvidenceLinks.Where(l => !named.Contains(l))], [.. row.CrossReferences.Where(r => !named.Contains(r))]);
    }

    /// <summary>Why the status is what it is. Where both are withheld for one reason, it stands at the status alone.</summary>
    public PageText StatusReason(ReportRow row) => Withheld(row, "status_reason") is { Length: > 0 } reason && reason == Withheld(row, "status")
        ? PageText.Empty
        : PageText.Of(row, "status_reason", row.StatusReason);

    public StatusMark Mark(ReportRow row) =>
        row.BlankReason.Length > 0 || Withheld(row, "status").Length > 0
            ? StatusMark.NotShown
            : _marks.GetValueOrDefault(row.Status) ?? StatusMark.Of(new StatusMeaning { Status = row.Status });

    /// <summary>"↑ Improved".</summary>
    public string Direction(ReportRow row) =>
        row.BlankReason.Length > 0 || Withheld(row, "direction").Length > 0
            ? "Direction not shown"
            : row.Direction == ProgressUpdate.Types.Direction.Unspecified ? "Direction not recorded" : $"{row.Direction.Arrow()} {row.Direction.Word()}";

    /// <summary>What stands in the status cell below the status: how the update stands, and since when it is red.</summary>
    public IEnumerable<string> StatusNotes(ReportRow row)
    {
        if (row.RedPeriods > 1)
            yield return $"Red for {row.RedPeriods} periods";
        if (row.BlankReason.Length == 0 && row.State is State.Unspecified or State.Draft or State.Returned)
            yield return row.State.Word();
        if (Changed(row, "status") is { } status)
            yield return $"{NewMark} status was {status}";
        if (Changed(row, "direction") is { } past)
            yield return $"{NewMark} direction was {past}";
        if (Withheld(row, "status") is { Length: > 0 } reason)
            yield return $"Status withheld: {reason}";
        if (Withheld(row, "direction") is { Length: > 0 } direction)
            yield return $"Direction withheld: {direction}";
    }

    /// <summary>Why a field is blank in this edition; empty where it is not.</summary>
    public static string Withheld(ReportRow row, string field) => row.Withheld.FirstOrDefault(w => w.Field == field)?.Reason ?? "";

    /// <summary>Whether a row fills so much of a printed page that it may go on on the next; shorter ones stay whole.</summary>
    public static bool IsLong(ReportRow row) => Math.Max(
        Lines(NarrativeWidth, [row.Narrative, .. row.EvidenceLinks]),
        Math.Max(Lines(OpportunitiesWidth, row.Opportunities), Lines(TitleWidth, [row.Title, .. row.Notes]))) > MostWholeLines;

    /// <summary>The row that a ref leads to. A reference to a whole action leads to the first of its sub-actions; null where it leads nowhere.</summary>
    public string? Anchor(string reference) => _anchors.GetValueOrDefault(reference);

    public static string Name(string theme) => theme.Length > 0 ? theme : "No theme";

    // About how many lines the texts take in a column that has room for so many characters.
    private static int Lines(int width, params IEnumerable<string> texts) => texts.SelectMany(t => t.Split('\n')).Sum(t => (t.Length / width) + 1);

    private PageText Linked(ReportRow row, PageText text) => new TextLinks(row, Anchor).In(text);

    private static string? Changed(ReportRow row, string field) =>
        row.Comparison?.Fields.FirstOrDefault(f => f.Field == field) is { Before.Length: > 0 } change ? change.Before : null;

    private static Dictionary<string, string> Anchors(IEnumerable<ReportRow> rows)
    {
        Dictionary<string, string> anchors = [];
        foreach (var row in rows)
        {
            anchors[row.Ref] = row.Ref;
            if (row.ParentAction.Length > 0)
                anchors.TryAdd(row.ParentAction[(row.ParentAction.LastIndexOf('/') + 1)..], row.Ref);
            else if (row.Ref.LastIndexOf('.') is > 0 and var dot)
                anchors.TryAdd(row.Ref[..dot], row.Ref);
        }

        return anchors;
    }
}

/// <summary>The rows of a theme.</summary>
/// <param name="Id">Names it within the page.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Rows">Its rows, in the plan's order.</param>
public sealed record ThemeRows(string Id, string Name, IReadOnlyList<ReportRow> Rows);
