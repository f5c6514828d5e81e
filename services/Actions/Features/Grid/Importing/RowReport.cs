using Google.Protobuf;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Grid.Reading;
using PlanServices.Actions.Features.Progress;
using PlanServices.Actions.V1;
using Severity = PlanServices.Actions.V1.GridDiagnostic.Types.Severity;
using Status = PlanServices.Actions.V1.ProgressUpdate.Types.Status;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>
/// Writes what a row reports into an update. A cell that is empty, or could not be read, leaves what the plan has, and says so. Text that
/// was only carried over is no report: an empty cell does not make it one.
/// </summary>
/// <param name="leaf">The row.</param>
/// <param name="update">The update that it is of.</param>
/// <param name="said">What is to be said is added.</param>
internal sealed class RowReport(GridLeaf leaf, ProgressUpdateEntity update, List<GridDiagnostic> said)
{
    public void Write(string file, bool acceptSuggestions)
    {
        if (update.CarriedOverFrom.Length > 0)
            LeaveCarriedOver();

        var (narrative, opportunities) = (update.Narrative, update.Opportunities);
        update.Narrative = Text("narrative", leaf.Narrative, narrative);
        update.Opportunities = Text("opportunities", leaf.Opportunities, opportunities);
        update.StatusReason = Text("status_reason", leaf.StatusReason, update.StatusReason);
        var suggested = leaf.Status == Status.Unspecified && acceptSuggestions ? leaf.SuggestedStatus?.Status : null;
        update.Status = Stated("status", suggested ?? leaf.Status, update.Status);
        update.Direction = Stated("direction", leaf.Direction, update.Direction);
        WriteMentions(narrative, opportunities);
        update.Source = SourceOf(file).ToByteArray();
    }

    private string Text(string column, string cell, string present)
    {
        if (cell.Length > 0)
            return cell;
        if (present.Length > 0)
            Kept(column, present);
        return present;
    }

    private T Stated<T>(string column, T cell, T present)
        where T : struct, Enum
    {
        if (!cell.Equals(default(T)))
            return cell;
        if (!present.Equals(default(T)))
            Kept(column, Words($"{present}"));
        return present;
    }

    // "NoChange" → "No change".
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    // What was found in a text follows that text; what stood in a cell of its own is kept where that cell is empty.
    private void WriteMentions(string narrative, string opportunities)
    {
        var (links, pointers) = (update.EvidenceLinks, update.CrossReferences);
        (update.EvidenceLinks, update.CrossReferences) = ([.. leaf.EvidenceLinks], [.. leaf.CrossReferences]);
        // Most rows say all that there is.
        if (update.Narrative == leaf.Narrative && update.Opportunities == leaf.Opportunities
            && (leaf.HasLinkCell || links.TrueForAll(leaf.EvidenceLinks.Contains))
            && (leaf.HasReferenceCell || pointers.TrueForAll(leaf.CrossReferences.Contains)))
            return;

        var (before, now) = (TextMentions.In(narrative, opportunities), TextMentions.In(update.Narrative, update.Opportunities));
        List<string> ownLinks = leaf.HasLinkCell ? [] : [.. links.Except(before.Links)];
        List<string> ownPointers = leaf.HasReferenceCell ? [] : [.. pointers.Except(before.Refs)];
        if (ownLinks.Count > 0)
            Kept("evidence_links", string.Join(' ', ownLinks));
        if (ownPointers.Count > 0)
            Kept("cross_references", string.Join(", ", ownPointers));

        update.EvidenceLinks = [.. now.Links.Union(leaf.EvidenceLinks).Union(ownLinks)];
        var meant = now.Refs.Where(r => leaf.CrossReferences.Contains(r) || pointers.Contains(r));
        update.CrossReferences = [.. meant.Union(leaf.CrossReferences).Union(ownPointers)];
    }

    // The cells as they stood. One that is empty now leaves what stood there, as the value does; the same row in another file, or further
    // down, says nothing new.
    private UpdateSource SourceOf(string file)
    {
        var source = new UpdateSource
        {
            File = file,
            Row = leaf.Line,
            RawRef = leaf.RawRef,
            RawStatus = leaf.RawStatus,
            RawDirection = leaf.RawDirection,
            RawOpccLeads = leaf.RawOpccLeads,
            RawDeliveryLeads = leaf.RawDeliveryLeads,
        };
        if (update.Source is null)
            return source;

        var known = UpdateSource.Parser.ParseFrom(update.Source);
        var merged = known.Clone();
        merged.MergeFrom(source);
        (merged.File, merged.Row) = (known.File, known.Row);
        if (merged.Equals(known))
            return known;

        (merged.File, merged.Row) = (source.File, source.Row);
        return merged;
    }

    private void LeaveCarriedOver()
    {
        foreach (var (column, cell, carried) in new[]
        {
            ("narrative", leaf.Narrative, update.Narrative), ("opportunities", leaf.Opportunities, update.Opportunities),
        })
        {
            if (cell.Length == 0 && carried.Length > 0)
            {
                said.Add(leaf.Diagnostic(
                    Severity.Info,
                    "CARRIED_OVER_NOT_TAKEN",
                    $"The cell is empty; the text that was carried over from {update.CarriedOverFrom} is no report, and was not taken for one.",
                    column,
                    interpreted: carried));
            }
        }

        (update.Narrative, update.Opportunities, update.EvidenceLinks, update.CrossReferences) = ("", "", [], []);
    }

    private void Kept(string column, string kept) => said.Add(ActionReports.ValueKept(leaf.Line, leaf.Ref, column, kept));
}
