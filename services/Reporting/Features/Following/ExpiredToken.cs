using Google.Rpc;
using Grpc.Core;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Reporting.Features.Following;

/// <summary>Knows the answer to a resume token that will never be good again.</summary>
internal static class ExpiredToken
{
    private const string Expired = "ERROR_REASON_RESUME_TOKEN_EXPIRED";

    /// <summary>
    /// True where the change log that the token points into is no longer there, or where the catalogue reads another form of token
    /// than when it gave this one.
    /// </summary>
    public static bool Is(RpcException exception)
    {
        if (exception.GetRpcStatus() is not { } status || status.GetDetail<ErrorInfo>() is not { } info)
            return false;

        return info.Reason == Expired || (info.Reason == CommonReasons.InvalidField
            && status.GetDetail<BadRequest>() is { } request
            && request.FieldViolations.Any(v => v.Field == "resume_token"));
    }
}
