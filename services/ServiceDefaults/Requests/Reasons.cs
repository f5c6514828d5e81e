using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>Reasons that a write has to give.</summary>
public static class Reasons
{
    private const int Most = 2000;

    /// <summary>INVALID_ARGUMENT where there is none, it is too long, or it has control characters.</summary>
    public static string Check(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > Most)
            throw ApiErrors.InvalidField("reason", $"It is required, at most {Most:N0} characters.");

        return TextRules.Wrong(reason) is { } wrong ? throw ApiErrors.InvalidField("reason", wrong) : reason;
    }
}
