using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Editing;

/// <summary>What the cells of an edited row make of its update.</summary>
/// <param name="plan">The plan.</param>
/// <param name="actions">All of its actions.</param>
/// <param name="found">Hears of what cannot be understood.</param>
internal sealed class EditedCells(PlanEntity plan, IReadOnlyCollection<PlanActionEntity> actions, EditedFindings found)
{
    private readonly GridCells _cells = new(StatusScheme.Parser.ParseFrom(plan.StatusScheme));
    private readonly HashSet<string> _refs = [.. actions.Select(a => a.Ref)];
    private readonly HashSet<string> _prefixes = [.. actions.Select(a => a.Theme.RefPrefix)];

    /// <summary>Whether the plan has an action of this ref, whatever its state.</summary>
    public bool HasRef(string reference) => _refs.Contains(reference);

    /// <summary>Whether a row reads otherwise than an update; null is one that is not there.</summary>
    public bool Differs(EditedRow row, ProgressUpdate? update)
    {
        var shown = _cells.Of(update);
        return row.Cells.Where((cell, i) => cell is not null && !GridCells.Same(_cells.Usual(i, cell), shown[i])).Any();
    }

    /// <summary>The update as the row has it; null, with a diagnostic, where a cell cannot be understood: then nothing of the row is taken.</summary>
    public ProgressUpdate? Write(EditedRow row, ProgressUpdate? present)
    {
        var edited = present?.Clone() ?? new ProgressUpdate();
        var shown = _cells.Of(present);
        var changed = Enumerable.Range(0, shown.Length).Where(i => row.Cells[i] is { } cell && !GridCells.Same(cell, shown[i])).ToHashSet();
        foreach (var column in changed)
        {
            if (_cells.Write(edited, column, row.Cells[column]!, plan.Slug, _refs) is { } wrong)
            {
                found.Report(row, Severity.Error, "CELL_UNREADABLE", GridCells.UpdateHeadings[column], row.Cells[column]!, $"{wrong} The row was left out.");
                return null;
            }
        }

        FindMentions(row.Ref, edited, changed);
        if (edited is { Narrative: "", Status: ProgressUpdate.Types.Status.Unspecified })
        {
            found.Report(
                row, Severity.Error, "NOTHING_TO_SUBMIT", "", "",
                "The row would leave an update that has neither a narrative nor a status; it was left out.");
            return null;
        }

        foreach (var unknown in edited.CrossReferences.Select(r => r[(r.LastIndexOf('/') + 1)..]).Where(r => changed.Contains(6) && !_refs.Contains(r)))
        {
            found.Report(
                row, Severity.Warning, "CROSS_REFERENCE_UNKNOWN", GridCells.UpdateHeadings[6], row.Cells[6]!,
                $"The cell points to {unknown}, which the plan does not have.");
        }

        try
        {
            ProgressFields.Check(edited, plan.Slug);
            return edited;
        }
        catch (ApiException e)
        {
            found.Report(row, Severity.Error, "CELL_UNREADABLE", "", "", $"{e.Message} The row was left out.");
            return null;
        }
    }

    // As where somebody types the text: links and references follow it, unless their own cells were edited.
    private void FindMentions(string own, ProgressUpdate edited, HashSet<int> changed)
    {
        if (!changed.Contains(0) && !changed.Contains(4))
            return;

        var mentions = TextMentions.In(edited.Narrative, edited.Opportunities);
        if (!changed.Contains(5))
            FieldSet.Replace(edited.EvidenceLinks, [.. mentions.Links]);
        if (!changed.Contains(6))
        {
            var kept = mentions.Kept(own, _refs.Contains, _prefixes.Contains);
            FieldSet.Replace(edited.CrossReferences, [.. kept.Select(r => ResourceName.PlanAction.Of(plan.Slug, r))]);
        }
    }
}
