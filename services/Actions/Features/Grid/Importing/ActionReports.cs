using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.V1;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>Says where a row reads differently from what the plan has of its action, or lost what the plan has.</summary>
internal sealed class ActionReports(FirstEntries<GridDiagnostic> diagnostics)
{
    private const int MostShown = 500;

    /// <summary>A cell is empty.</summary>
    public void Kept(int line, string reference, string column, string kept) => diagnostics.Add(ValueKept(line, reference, column, kept));

    /// <summary>A cell says nothing, and what the plan has stays.</summary>
    public static GridDiagnostic ValueKept(int line, string reference, string column, string kept) => new()
    {
        Severity = Severity.Info,
        Code = "VALUE_KEPT",
        Row = line,
        Ref = reference,
        Column = column,
        Interpreted = kept.Length <= MostShown ? kept : kept[..MostShown] + "…",
        Confidence = 1,
        Message = "The cell is empty, or could not be read; what the plan has is kept.",
    };

    /// <summary>A title is the plan's, only worse.</summary>
    public void TitleKept(int line, string reference, string read, string kept) => diagnostics.Add(new GridDiagnostic
    {
        Severity = Severity.Warning,
        Code = "TITLE_KEPT",
        Row = line,
        Ref = reference,
        Column = "title",
        Raw = read,
        Interpreted = kept,
        Confidence = 0.8,
        Message = "The page has the title that the plan has, only cut off or damaged; what the plan has is kept.",
    });

    /// <summary>An action has its first sub-actions.</summary>
    public void Divided(string reference) => diagnostics.Add(new GridDiagnostic
    {
        Severity = Severity.Warning,
        Code = "ACTION_DIVIDED",
        Ref = reference,
        Column = "ref",
        Confidence = 1,
        Message = $"{reference} reported itself so far and has sub-actions now; its earlier updates stay with it.",
    });

    /// <summary>Says what a row changed of its action; true where it changed something.</summary>
    public bool Changed(PlanAction before, PlanActionEntity action, GridLeaf leaf)
    {
        var changed = false;
        foreach (var (column, was, now) in new[]
        {
            ("title", before.Title, action.Title),
            ("opcc_leads", string.Join(" / ", before.OpccLeads), string.Join(" / ", action.OpccLeads)),
            ("delivery_leads", TextOf(before.DeliveryLeads.Select(l => (l.Text, l.Qualifier))), TextOf(action.DeliveryLeads.Select(l => (l.Text, l.Qualifier)))),
        })
        {
            if (was == now)
                continue;

            changed = true;
            diagnostics.Add(leaf.Diagnostic(
                Severity.Warning,
                "ACTION_CHANGED",
                $"{action.Ref} reads differently from what was in the plan; the new reading is a new revision of the action.",
                column,
                was,
                now));
        }

        return changed;
    }

    private static string TextOf(IEnumerable<(string Text, string Qualifier)> leads) =>
        string.Join(" / ", leads.Select(l => l.Qualifier.Length == 0 ? l.Text : $"{l.Text} ({l.Qualifier})"));
}
