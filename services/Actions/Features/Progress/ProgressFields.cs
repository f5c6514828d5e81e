using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Actions.Features.Progress;

/// <summary>The fields of an update that a lead writes, and their limits.</summary>
internal static class ProgressFields
{
    private const int MostText = 50_000;
    private const int MostReason = 4_000;
    private const int MostEntries = 100;
    private const int MostLink = 2_000;

    private static readonly FieldSet<ProgressUpdate, ProgressUpdateEntity> Writable = new(
        ("narrative", u => u.Narrative.Length > 0, (to, from) => to.Narrative = from.Narrative),
        ("status", u => u.Status != 0, (to, from) => to.Status = from.Status),
        ("status_reason", u => u.StatusReason.Length > 0, (to, from) => to.StatusReason = from.StatusReason),
        ("direction", u => u.Direction != 0, (to, from) => to.Direction = from.Direction),
        ("opportunities", u => u.Opportunities.Length > 0, (to, from) => to.Opportunities = from.Opportunities),
        ("evidence_links", u => u.EvidenceLinks.Count > 0, (to, from) => to.EvidenceLinks = [.. from.EvidenceLinks]),
        ("cross_references", u => u.CrossReferences.Count > 0, (to, from) => to.CrossReferences = [.. from.CrossReferences.Select(r => r[(r.LastIndexOf('/') + 1)..])]));

    private static readonly string[] Withholdable =
        ["narrative", "status", "status_reason", "direction", "opportunities", "evidence_links"];

    /// <summary>The fields that a request names, or sets where it names none.</summary>
    public static IReadOnlySet<string> Named(SaveProgressUpdateRequest request) => Writable.Named(request.UpdateMask, request.ProgressUpdate);

    /// <summary>Writes the named fields.</summary>
    public static void Merge(ProgressUpdateEntity target, ProgressUpdate source, IReadOnlySet<string> fields) => Writable.Merge(target, source, fields);

    /// <summary>Writes all that a lead writes.</summary>
    public static void Copy(ProgressUpdateEntity target, ProgressUpdate source) => Writable.Copy(target, source);

    /// <summary>INVALID_ARGUMENT that names all the fields that break a limit.</summary>
    public static void Check(ProgressUpdate update, string plan)
    {
        List<FieldError> errors = [];
        Limit(update.Narrative, MostText, "narrative");
        Limit(update.StatusReason, MostReason, "status_reason");
        Limit(update.Opportunities, MostText, "opportunities");
        if (!Enum.IsDefined(update.Status))
            errors.Add(At("status", $"{(int)update.Status} is no status."));
        if (!Enum.IsDefined(update.Direction))
            errors.Add(At("direction", $"{(int)update.Direction} is no direction of travel."));
        if (update.EvidenceLinks.Count > MostEntries)
            errors.Add(At("evidence_links", $"There are {update.EvidenceLinks.Count}; at most {MostEntries} are kept."));
        for (var i = 0; i < update.EvidenceLinks.Count; i++)
            Limit(update.EvidenceLinks[i], MostLink, $"evidence_links[{i}]");
        if (update.CrossReferences.Count > MostEntries)
            errors.Add(At("cross_references", $"There are {update.CrossReferences.Count}; at most {MostEntries} are kept."));
        for (var i = 0; i < update.CrossReferences.Count; i++)
        {
            if (ResourceName.PlanAction.TryParse(update.CrossReferences[i]) is not [var of, _] || of != plan)
                errors.Add(At($"cross_references[{i}]", $"It is no action of this plan: {ResourceName.PlanAction.Of(plan, "{ref}")}."));
        }

        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);

        void Limit(string text, int most, string field)
        {
            if (text.Length > most)
                errors.Add(At(field, $"It has {text.Length:N0} characters; at most {most:N0} are kept."));
            errors.AddWrong($"progress_update.{field}", text);
        }

        static FieldError At(string field, string description) => new($"progress_update.{field}", description);
    }

    /// <summary>INVALID_ARGUMENT that names each withheld field which cannot be, is named twice, or has no reason.</summary>
    public static void Check(IReadOnlyList<WithheldField> withheld)
    {
        List<FieldError> errors = [];
        for (var i = 0; i < withheld.Count; i++)
        {
            var field = withheld[i].Field;
            if (!Withholdable.Contains(field))
                errors.Add(new FieldError($"withheld[{i}].field", $"'{field}' cannot be withheld; {string.Join(", ", Withholdable)} can."));
            if (withheld.Take(i).Any(w => w.Field == field))
                errors.Add(new FieldError($"withheld[{i}].field", $"'{field}' is named twice."));
            if (string.IsNullOrWhiteSpace(withheld[i].Reason) || withheld[i].Reason.Length > 400)
                errors.Add(new FieldError($"withheld[{i}].reason", "It is required, at most 400 characters."));
            errors.AddWrong($"withheld[{i}].reason", withheld[i].Reason);
        }

        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }
}
