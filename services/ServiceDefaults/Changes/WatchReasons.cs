namespace PlanServices.ServiceDefaults.Changes;

/// <summary>The reasons that the <c>ErrorReason</c> enum of every service with a watch has.</summary>
public static class WatchReasons
{
    public const string ResumeTokenExpired = "ERROR_REASON_RESUME_TOKEN_EXPIRED";
    public const string SlowReader = "ERROR_REASON_SLOW_READER";
}
