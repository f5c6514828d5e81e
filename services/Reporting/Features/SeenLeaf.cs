using Grpc.Core;
using PlanServices.Actions.V1;
using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;
using ErrorReason = PlanServices.Reporting.V1.ErrorReason;

namespace PlanServices.Reporting.Features;

/// <summary>What an audience sees of a leaf. Whatever it does not see is not in here.</summary>
/// <param name="Action">The leaf.</param>
/// <param name="Update">Its update without what is withheld; null where there is none, or none that is shown.</param>
/// <param name="BlankReason">Why the whole update is not shown; empty where it is, or where there is none.</param>
/// <param name="Withheld">The fields that are not shown, each with its reason.</param>
internal sealed record SeenLeaf(PlanAction Action, ProgressUpdate? Update, string BlankReason, IReadOnlyList<WithheldField> Withheld)
{
    private const string NotApproved = "Not approved yet";

    /// <summary>What the audience sees of a leaf. A reason that the public edition could not print is left empty here: see <see cref="CheckReasons"/>.</summary>
    public static SeenLeaf Of(LeafState leaf, Audience audience)
    {
        if (leaf.Update is not { } update || audience is Audience.Board or Audience.Unspecified)
            return new SeenLeaf(leaf.Action, leaf.Update, "", []);
        if (update.State != ProgressUpdate.Types.State.Approved)
            return new SeenLeaf(leaf.Action, null, NotApproved, []);
        if (audience != Audience.Public || update.Withheld.Count == 0)
            return new SeenLeaf(leaf.Action, update, "", []);

        return Without(leaf.Action, update);
    }

    public bool Withholds(string field) => Withheld.Any(w => w.Field == field);

    /// <summary>FAILED_PRECONDITION that names each withheld field whose reason cannot be printed since there is none.</summary>
    public static void CheckReasons(IEnumerable<LeafState> leaves, Audience audience)
    {
        var without = leaves.Select(l => l.Update).OfType<ProgressUpdate>()
            .Where(u => audience == Audience.Public && u.State == ProgressUpdate.Types.State.Approved)
            .SelectMany(u => u.Withheld.Where(w => string.IsNullOrWhiteSpace(w.Reason)).Select(w => new FieldError(
                $"{u.Name}:{w.Field}", "It is withheld and no reason is given; give one, or withhold it no longer.")))
            .ToArray();
        if (without.Length == 0)
            return;

        throw new ApiException(
            StatusCode.FailedPrecondition,
            ErrorReason.WithheldWithoutReason,
            $"{without.Length} fields are withheld without a reason that could be printed, the first of them {without[0].Field}.")
        {
            Fields = without,
        };
    }

    private static SeenLeaf Without(PlanAction action, ProgressUpdate update)
    {
        var seen = update.Clone();
        List<WithheldField> withheld = [.. update.Withheld.Select(w => w.Clone())];
        // Why it is red says that it is red.
        if (withheld.Find(w => w.Field == "status") is { } status && update.StatusReason.Length > 0)
            Also("status_reason", status.Reason);
        // Links and references are found in the texts, and would tell of them.
        if (withheld.Find(w => w.Field is "narrative" or "opportunities") is { } text)
        {
            seen.CrossReferences.Clear();
            if (update.EvidenceLinks.Count > 0)
                Also("evidence_links", text.Reason);
        }

        foreach (var field in withheld)
            Clear(seen, field.Field);

        seen.Withheld.Clear();
        seen.Source = null;
        seen.ReturnReason = "";
        seen.Warnings.Clear();
        return new SeenLeaf(action, seen, "", withheld);

        void Also(string field, string reason)
        {
            if (!withheld.Exists(w => w.Field == field))
                withheld.Add(new WithheldField { Field = field, Reason = reason });
        }
    }

    private static void Clear(ProgressUpdate update, string field)
    {
        switch (field)
        {
            case "narrative":
                update.Narrative = "";
                break;
            case "opportunities":
                update.Opportunities = "";
                break;
            case "status":
                update.Status = ProgressUpdate.Types.Status.Unspecified;
                break;
            case "status_reason":
                update.StatusReason = "";
                break;
            case "direction":
                update.Direction = ProgressUpdate.Types.Direction.Unspecified;
                break;
            case "evidence_links":
                update.EvidenceLinks.Clear();
                break;
            default:
                // A field of a later contract: nothing of the update is shown rather than something that must not be.
                (update.Narrative, update.StatusReason, update.Opportunities) = ("", "", "");
                update.EvidenceLinks.Clear();
                update.CrossReferences.Clear();
                (update.Status, update.Direction) = (default, default);
                break;
        }
    }
}
