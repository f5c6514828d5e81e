using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Reporting.Features.Reports;

/// <summary>Makes the progress report of a plan in a period: one row a leaf, in the plan's order.</summary>
internal static class ProgressReports
{
    public static ProgressReport Of(PlanState state, IReadOnlyDictionary<string, string> partnerNames)
    {
        var themes = state.Themes.ToDictionary(t => t.Name, t => t.DisplayName);
        var labels = state.Plan.StatusScheme.Statuses.ToDictionary(s => s.Status, s => s.Label);
        var pointers = state.Leaves
            .SelectMany(l => (l.Update?.CrossReferences ?? []).Select(to => (To: to, From: l.Action.Ref)))
            .ToLookup(p => p.To, p => p.From);
        var report = new ProgressReport
        {
            Summary = Summaries.Summaries.Of(state, partnerNames),
            StatusScheme = state.Plan.StatusScheme,
        };
        report.Rows.AddRange(state.Leaves.Select(leaf => Row(leaf, state, themes, labels, pointers)));
        return report;
    }

    private static ReportRow Row(
        LeafState leaf,
        PlanState state,
        Dictionary<string, string> themes,
        Dictionary<Status, string> labels,
        ILookup<string, string> pointers)
    {
        var (action, update) = (leaf.Action, leaf.Update ?? new ProgressUpdate());
        var parent = state.Actions.GetValueOrDefault(action.ParentAction);
        var row = new ReportRow
        {
            PlanAction = action.Name,
            Ref = action.Ref,
            Theme = action.Theme,
            ThemeDisplayName = themes.GetValueOrDefault(action.Theme, ""),
            Title = action.Title.Length > 0 || parent is null ? action.Title : parent.Title,
            Narrative = update.Narrative,
            Status = update.Status,
            StatusLabel = labels.GetValueOrDefault(update.Status, update.Status == Status.Unspecified ? "Not recorded" : update.Status.ToString()),
            StatusReason = update.StatusReason,
            Direction = update.Direction,
            Opportunities = update.Opportunities,
            State = update.State,
        };
        row.Notes.AddRange(action.Title.Length > 0 || parent is null ? action.Notes : parent.Notes);
        row.OpccLeads.AddRange(action.OpccLeads);
        row.DeliveryLeads.AddRange(action.DeliveryLeads);
        row.EvidenceLinks.AddRange(update.EvidenceLinks);
        row.CrossReferences.AddRange(update.CrossReferences.Select(RefOf));
        row.ReferencedBy.AddRange(pointers[action.Name].Concat(action.ParentAction.Length > 0 ? pointers[action.ParentAction] : [])
            .Where(from => from != action.Ref)
            .Distinct());
        return row;
    }

    private static string RefOf(string name) => name[(name.LastIndexOf('/') + 1)..];
}
