namespace PlanServices.ServiceDefaults.Access;

/// <summary>The one API client that everybody knows. It is there in Development only, on loopback only.</summary>
public static class DevelopmentClient
{
    public const string Id = "dev";
    public const string Secret = "dev";

    public static bool IsWellKnown(string secret) => string.Equals(secret, Secret, StringComparison.OrdinalIgnoreCase);
}
