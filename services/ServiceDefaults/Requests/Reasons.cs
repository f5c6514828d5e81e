using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Requests;

/// <summary>Reasons that a write has to give.</summary>
public static class Reasons
{
    private const int Most = 2000;

    /// <summary>INVALID_ARGUMENT where there is none, or it is too long.</summary>
    public static string Check(string reason) => !string.IsNullOrWhiteSpace(reason) && reason.Length <= Most
        ? reason
        : throw ApiErrors.InvalidField("reason", $"It is required, at most {Most:N0} characters.");
}
