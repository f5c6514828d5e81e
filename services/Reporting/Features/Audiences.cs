using PlanServices.Reporting.V1;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Reporting.Features;

/// <summary>Reads the audience of a request.</summary>
internal static class Audiences
{
    /// <summary>The audience, the board where none is named. INVALID_ARGUMENT where it is none.</summary>
    public static Audience Check(Audience audience) => audience switch
    {
        Audience.Unspecified => Audience.Board,
        _ when Enum.IsDefined(audience) => audience,
        _ => throw ApiErrors.InvalidField("audience", $"{(int)audience} is none: AUDIENCE_BOARD, AUDIENCE_PANEL or AUDIENCE_PUBLIC."),
    };
}
