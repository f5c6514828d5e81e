using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Comparing;
using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>The rows of a report, and of a comparison.</summary>
internal sealed class ReportRows
{
    private readonly ReportMaterial _material;
    private readonly SeenLeaf[] _seen;
    private readonly Dictionary<string, SeenLeaf> _before;
    private readonly Dictionary<string, string> _themes;
    private readonly Dictionary<Status, string> _labels;
    private readonly ILookup<string, (int Place, string Ref)> _pointers;

    public ReportRows(ReportMaterial material, SeenLeaf[] seen, StatusScheme scheme)
    {
        _material = material;
        _seen = seen;
        _before = (material.Base?.Leaves ?? []).ToDictionary(l => l.Action.Name, l => SeenLeaf.Of(l, material.Audience));
        _themes = material.Now.Themes.ToDictionary(t => t.Name, t => t.DisplayName);
        _labels = scheme.Statuses.DistinctBy(s => s.Status).ToDictionary(s => s.Status, s => s.Label);
        _pointers = seen
            .SelectMany((leaf, place) => CrossReferencesOf(leaf).Select(to => (To: to, From: (Place: place, leaf.Action.Ref))))
            .ToLookup(p => p.To, p => p.From);
    }

    public IEnumerable<ReportRow> All() => _seen.Select(Row);

    public IEnumerable<RowComparison> Comparisons() => _seen.Select(Compare);

    private ReportRow Row(SeenLeaf leaf)
    {
        var (action, update) = (leaf.Action, leaf.Update ?? new ProgressUpdate());
        var titled = Titled(action);
        var row = new ReportRow
        {
            PlanAction = action.Name,
            Ref = action.Ref,
            Theme = action.Theme,
            ThemeDisplayName = _themes.GetValueOrDefault(action.Theme, ""),
            ParentAction = action.ParentAction,
            Title = titled.Title,
            Narrative = update.Narrative,
            Status = update.Status,
            StatusLabel = leaf.BlankReason.Length > 0 || leaf.Withholds("status") ? "Not shown" : Label(update.Status),
            StatusReason = update.StatusReason,
            Direction = update.Direction,
            Opportunities = update.Opportunities,
            State = update.State,
            BlankReason = leaf.BlankReason,
            RedPeriods = _material.Trends.RedPeriods.GetValueOrDefault(action.Name),
            Comparison = _material.Base is null ? null : Compare(leaf),
        };
        row.Notes.AddRange(titled.Notes.Concat(action.Notes).Distinct());
        row.OpccLeads.AddRange(action.OpccLeads);
        row.DeliveryLeads.AddRange(action.DeliveryLeads);
        row.EvidenceLinks.AddRange(update.EvidenceLinks);
        row.CrossReferences.AddRange(CrossReferencesOf(leaf).Select(RefOf));
        // What points to the whole action points to each of its sub-actions.
        row.ReferencedBy.AddRange(_pointers[action.Name].Concat(action.ParentAction.Length > 0 ? _pointers[action.ParentAction] : [])
            .Where(from => from.Ref != action.Ref)
            .Distinct()
            .OrderBy(from => from.Place)
            .Select(from => from.Ref));
        row.Withheld.AddRange(leaf.Withheld);
        return row;
    }

    private RowComparison Compare(SeenLeaf leaf) => RowComparisons.Of(
        leaf,
        _before.GetValueOrDefault(leaf.Action.Name) ?? new SeenLeaf(leaf.Action, null, "", []),
        Titled(leaf.Action).Title,
        Label);

    private PlanAction Titled(PlanAction action) =>
        action.Title.Length > 0 ? action : _material.Now.Actions.GetValueOrDefault(action.ParentAction, action);

    // The base period may have a status that this one has not.
    private string Label(Status status) => _labels.GetValueOrDefault(ProgressReports.Known(status)) ?? status.Word();

    private static IEnumerable<string> CrossReferencesOf(SeenLeaf leaf) =>
        (leaf.Update?.CrossReferences ?? []).Concat(leaf.Action.CrossReferences).Distinct();

    private static string RefOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
