using Microsoft.AspNetCore.Authorization;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>The policies that endpoints name. Until access control stands, each allows every caller.</summary>
public static class Policies
{
    /// <summary>Read plans, actions, updates, partners and reports.</summary>
    public const string PlanRead = "plan.read";

    /// <summary>Change plans and import grids.</summary>
    public const string PlanWrite = "plan.write";

    /// <summary>Remove texts from a plan and its history.</summary>
    public const string PlanAdmin = "plan.admin";

    /// <summary>Change the partner directory and settle what leads mean.</summary>
    public const string DirectoryWrite = "directory.write";

    /// <summary>What anyone may have: health, static assets, reflection in Development.</summary>
    public const string Public = "public";

    public static IReadOnlyList<string> All { get; } = [PlanRead, PlanWrite, PlanAdmin, DirectoryWrite, Public];

    internal static void AddTo(AuthorizationOptions options)
    {
        foreach (var policy in All)
            options.AddPolicy(policy, p => p.RequireAssertion(_ => true));
    }
}
