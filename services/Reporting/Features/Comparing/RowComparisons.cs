using Google.Protobuf.Collections;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Features.Reports;
using PlanServices.Reporting.V1;
using Kind = PlanServices.Reporting.V1.RowComparison.Types.Kind;

namespace PlanServices.Reporting.Features.Comparing;

/// <summary>Says field by field what a leaf reports that it did not report before, of what an audience sees of both.</summary>
internal static class RowComparisons
{
    private static readonly (string Field, bool Words, Func<ProgressUpdate, Func<ProgressUpdate.Types.Status, string>, string> Text)[] Fields =
    [
        ("narrative", true, (u, _) => u.Narrative),
        ("status", false, (u, label) => u.Status == ProgressUpdate.Types.Status.Unspecified ? "" : label(u.Status)),
        ("status_reason", true, (u, _) => u.StatusReason),
        ("direction", false, (u, _) => u.Direction == ProgressUpdate.Types.Direction.Unspecified ? "" : u.Direction.Word()),
        ("opportunities", true, (u, _) => u.Opportunities),
        ("evidence_links", false, (u, _) => string.Join('\n', u.EvidenceLinks)),
        ("cross_references", false, (u, _) => string.Join(", ", u.CrossReferences.Select(r => r[(r.LastIndexOf('/') + 1)..]))),
    ];

    /// <summary>Compares what is seen of a leaf.</summary>
    /// <param name="now">The leaf in the newer period.</param>
    /// <param name="before">The same in the older.</param>
    /// <param name="title">The leaf's title.</param>
    /// <param name="label">The plan's word for a status.</param>
    public static RowComparison Of(SeenLeaf now, SeenLeaf before, string title, Func<ProgressUpdate.Types.Status, string> label)
    {
        var comparison = new RowComparison { PlanAction = now.Action.Name, Ref = now.Action.Ref, Title = title };
        var (says, said) = (Says(now, label), Says(before, label));
        if (says)
            Compare(comparison.Fields, now, before, label);

        comparison.Kind = (says, said) switch
        {
            (false, true) => Kind.Missing,
            (true, false) => Kind.New,
            _ => comparison.Fields.Count > 0 ? Kind.Changed : Kind.Unchanged,
        };
        return comparison;
    }

    // A draft that holds nothing of its own, such as one that was only carried over, is no report: nothing was taken back by it.
    private static bool Says(SeenLeaf leaf, Func<ProgressUpdate.Types.Status, string> label) =>
        leaf.Update is { } update && (update.State != ProgressUpdate.Types.State.Draft || Fields.Any(f => f.Text(update, label).Length > 0));

    private static void Compare(
        RepeatedField<FieldComparison> fields, SeenLeaf now, SeenLeaf before, Func<ProgressUpdate.Types.Status, string> label)
    {
        foreach (var (field, words, text) in Fields)
        {
            // Of what is withheld now, not even what stood there before.
            if (now.Withholds(field))
                continue;

            var (old, current) = (before.Update is null ? "" : text(before.Update, label), text(now.Update!, label));
            if (old == current)
                continue;

            var comparison = new FieldComparison { Field = field, Before = old, After = current };
            if (words)
                comparison.Runs.AddRange(TextComparison.Of(old, current));
            fields.Add(comparison);
        }
    }
}
