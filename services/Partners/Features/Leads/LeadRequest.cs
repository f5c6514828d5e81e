using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Partners.Features.Leads;

/// <summary>The limits of a ResolveLeads request.</summary>
internal static class LeadRequest
{
    public const int MaximumTexts = 1000;
    public const int MaximumLength = 1000;
    private const int MaximumReported = 20;

    public static void Check(ResolveLeadsRequest request)
    {
        if (request.Texts.Count is 0 or > MaximumTexts)
        {
            throw ApiErrors.InvalidField(
                "texts", $"It has {request.Texts.Count} texts; 1 to {MaximumTexts} are required.");
        }

        List<FieldError> errors = [];
        for (var i = 0; i < request.Texts.Count && errors.Count < MaximumReported; i++)
        {
            if (request.Texts[i].Length > MaximumLength)
                errors.Add(new FieldError($"texts[{i}]", $"It has {request.Texts[i].Length} characters; at most {MaximumLength} are allowed."));
        }

        if (errors.Count > 0)
            throw ApiErrors.InvalidFields(errors);
    }
}
