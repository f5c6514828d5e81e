using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Directory;
using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Makes the progress report of a plan in a period: one row a leaf, in the plan's order.</summary>
internal static class ProgressReports
{
    public static ProgressReport Of(PlanState state, PartnerDirectory partners)
    {
        var scheme = Schemes.With(state.Plan.StatusScheme, state.Leaves.Select(l => Known(l.Update?.Status ?? Status.Unspecified)));
        var themes = state.Themes.ToDictionary(t => t.Name, t => t.DisplayName);
        var labels = scheme.Statuses.DistinctBy(s => s.Status).ToDictionary(s => s.Status, s => s.Label);
        var pointers = state.Leaves
            .SelectMany((leaf, place) => CrossReferencesOf(leaf).Select(to => (To: to, From: (Place: place, leaf.Action.Ref))))
            .ToLookup(p => p.To, p => p.From);
        var report = new ProgressReport { Summary = Summaries.Summaries.Of(state, partners), StatusScheme = scheme };
        report.Rows.AddRange(state.Leaves.Select(leaf => Row(leaf, state, themes, labels, pointers)));
        return report;
    }

    private static ReportRow Row(
        LeafState leaf,
        PlanState state,
        Dictionary<string, string> themes,
        Dictionary<Status, string> labels,
        ILookup<string, (int Place, string Ref)> pointers)
    {
        var (action, update) = (leaf.Action, leaf.Update ?? new ProgressUpdate());
        var titled = action.Title.Length > 0 ? action : state.Actions.GetValueOrDefault(action.ParentAction, action);
        var row = new ReportRow
        {
            PlanAction = action.Name,
            Ref = action.Ref,
            Theme = action.Theme,
            ThemeDisplayName = themes.GetValueOrDefault(action.Theme, ""),
            Title = titled.Title,
            Narrative = update.Narrative,
            Status = update.Status,
            StatusLabel = labels[Known(update.Status)],
            StatusReason = update.StatusReason,
            Direction = update.Direction,
            Opportunities = update.Opportunities,
            State = update.State,
        };
        row.Notes.AddRange(titled.Notes.Concat(action.Notes).Distinct());
        row.OpccLeads.AddRange(action.OpccLeads);
        row.DeliveryLeads.AddRange(action.DeliveryLeads);
        row.EvidenceLinks.AddRange(update.EvidenceLinks);
        row.CrossReferences.AddRange(CrossReferencesOf(leaf).Select(RefOf));
        // What points to the whole action points to each of its sub-actions.
        row.ReferencedBy.AddRange(pointers[action.Name].Concat(action.ParentAction.Length > 0 ? pointers[action.ParentAction] : [])
            .Where(from => from.Ref != action.Ref)
            .Distinct()
            .OrderBy(from => from.Place)
            .Select(from => from.Ref));
        return row;
    }

    // A status of a later contract is not one that this service can count.
    private static Status Known(Status status) => Enum.IsDefined(status) ? status : Status.Unspecified;

    private static IEnumerable<string> CrossReferencesOf(LeafState leaf) =>
        (leaf.Update?.CrossReferences ?? []).Concat(leaf.Action.CrossReferences).Distinct();

    private static string RefOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
