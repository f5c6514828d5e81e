using Microsoft.AspNetCore.Authorization;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>The policies that endpoints name: each is the scopes of which a caller needs one.</summary>
public static class Policies
{
    public const string PlanRead = Scopes.PlanRead;
    public const string PlanWrite = Scopes.PlanWrite;
    public const string PlanAdmin = Scopes.PlanAdmin;

    /// <summary>Save and submit updates: of any action with <c>plan.write</c>, of the client's own partner's with <c>updates.write</c>.</summary>
    public const string UpdatesWrite = Scopes.UpdatesWrite;

    public const string UpdatesApprove = Scopes.UpdatesApprove;
    public const string ReportsPublish = Scopes.ReportsPublish;
    public const string DirectoryWrite = Scopes.DirectoryWrite;
    public const string ClientsManage = Scopes.ClientsManage;

    /// <summary>What anyone may have without a token: health, the token endpoint, static assets, reflection in Development.</summary>
    public const string Public = "public";

    /// <summary>What is published for the public, for anyone; all else for whoever may read plans. The service looks which it is.</summary>
    public const string PublicEditions = "public.editions";

    private static readonly Dictionary<string, string[]> Wanted = new()
    {
        [PlanRead] = [Scopes.PlanRead],
        [PlanWrite] = [Scopes.PlanWrite],
        [PlanAdmin] = [Scopes.PlanAdmin],
        [UpdatesWrite] = [Scopes.UpdatesWrite, Scopes.PlanWrite],
        [UpdatesApprove] = [Scopes.UpdatesApprove],
        [ReportsPublish] = [Scopes.ReportsPublish],
        [DirectoryWrite] = [Scopes.DirectoryWrite],
        [ClientsManage] = [Scopes.ClientsManage],
        [PublicEditions] = [Scopes.PlanRead],
    };

    /// <summary>All but <see cref="Public"/>.</summary>
    public static IReadOnlyCollection<string> All => Wanted.Keys;

    /// <summary>The scopes of which one is wanted; none for <see cref="Public"/>.</summary>
    public static IReadOnlyList<string> ScopesOf(string policy) => Wanted.GetValueOrDefault(policy, []);

    /// <summary>Whether a policy lets nothing be changed.</summary>
    public static bool IsReading(string? policy) => policy is PlanRead or Public or PublicEditions;

    internal static void AddTo(AuthorizationOptions options)
    {
        options.AddPolicy(Public, p => p.RequireAssertion(_ => true));
        options.AddPolicy(PublicEditions, p => p.RequireAssertion(_ => true));
        foreach (var (policy, scopes) in Wanted.Where(w => w.Key != PublicEditions))
            options.AddPolicy(policy, p => p.RequireAuthenticatedUser().RequireAssertion(c => scopes.Any(c.User.HasScope)));

        // An endpoint that names no policy is for nobody who has not signed in.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }
}
