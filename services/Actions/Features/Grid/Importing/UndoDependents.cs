using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Refreshes;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// What was written in a plan since an import, by what it stands on: a later report of the same leaf, a text that points to an action, a
/// refresh that proposes something for it. Each is found without going through all.
/// </summary>
internal sealed class UndoDependents
{
    private readonly string _plan;
    private readonly ILookup<PlanActionEntity, ProgressUpdateEntity> _reports;
    private readonly Dictionary<string, string> _pointing = [];
    private readonly List<(string Name, string Text)> _refreshes;

    public UndoDependents(
        string plan, IEnumerable<PlanActionEntity> actions, IEnumerable<ProgressUpdateEntity> updates, IEnumerable<PlanRefreshEntity> refreshes)
    {
        _plan = plan;
        _refreshes = [.. refreshes.Select(r => (ResourceName.PlanRefresh.Of(plan, r.Slug), r.ToMessage(plan).ToString()))];
        _reports = updates.ToLookup(u => u.PlanAction);
        foreach (var update in _reports.SelectMany(r => r))
            Points(update.CrossReferences, ResourceName.ProgressUpdate.Of(plan, update.PlanAction.Ref, update.Period.Slug));
        foreach (var action in actions)
            Points(action.CrossReferences, ResourceName.PlanAction.Of(plan, action.Ref));
    }

    /// <summary>The name of a report in a later period that was carried over from an update, or made since the import; null where there is none.</summary>
    public string? LaterReport(ProgressUpdateEntity update, DateTime importTime) =>
        _reports[update.PlanAction].FirstOrDefault(u => string.CompareOrdinal(u.Period.Slug, update.Period.Slug) > 0
            && (u.CarriedOverFrom == update.Period.Slug || u.CreateTime > importTime)) is { } later
            ? ResourceName.ProgressUpdate.Of(_plan, later.PlanAction.Ref, later.Period.Slug)
            : null;

    /// <summary>The name of what proposes something for a resource, or points to it as an action; null where nothing does.</summary>
    public string? PointsTo(string resource)
    {
        // A section's name begins with its theme's.
        var name = Resources.NameOf(_plan, resource);
        var proposed = _refreshes.Find(r => r.Text.Contains($"\"{name}\"", StringComparison.Ordinal) || r.Text.Contains($"\"{name}/", StringComparison.Ordinal));
        return proposed.Name ?? _pointing.GetValueOrDefault(resource);
    }

    private void Points(IEnumerable<string> refs, string from)
    {
        foreach (var reference in refs)
            _pointing.TryAdd(Resources.PlanAction(reference), from);
    }
}
