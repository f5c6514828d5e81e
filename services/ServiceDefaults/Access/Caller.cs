using Grpc.Core;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>Who makes a call: what a write records beside itself.</summary>
public static class Caller
{
    /// <summary>The name of whoever calls while no access control stands.</summary>
    public const string Local = "local";

    public static string Of(ServerCallContext context) => context.GetHttpContext().User.Identity?.Name ?? Local;
}
