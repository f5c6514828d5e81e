using Google.Rpc;
using Grpc.Core;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.ServiceDefaults.Changes;

/// <summary>Knows the answer to a resume token that will never be good again.</summary>
public static class ExpiredToken
{
    /// <summary>
    /// True where the change log that the token points into is no longer there, or where the service reads another form of token than
    /// when it gave this one.
    /// </summary>
    public static bool Is(RpcException exception)
    {
        if (exception.GetRpcStatus() is not { } status || status.GetDetail<ErrorInfo>() is not { } info)
            return false;

        return info.Reason == WatchReasons.ResumeTokenExpired || (info.Reason == CommonReasons.InvalidField
            && status.GetDetail<BadRequest>() is { } request
            && request.FieldViolations.Any(v => v.Field == "resume_token"));
    }
}
