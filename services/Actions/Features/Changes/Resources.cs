using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Changes;

/// <summary>Names of a plan's resources below the plan's own, as the change log keeps them: <c>actions/O2.1/updates/2018-10</c>.</summary>
internal static class Resources
{
    public static string Theme(string slug) => $"themes/{slug}";

    public static string Period(string slug) => $"periods/{slug}";

    public static string PlanRefresh(string slug) => $"refreshes/{slug}";

    public static string PlanAction(string reference) => $"actions/{reference}";

    public static string ProgressUpdate(string reference, string period) => $"actions/{reference}/updates/{period}";

    /// <summary>The full name; of the plan itself where the resource is empty.</summary>
    public static string NameOf(string plan, string resource) =>
        resource.Length == 0 ? ResourceName.Plan.Of(plan) : $"{ResourceName.Plan.Of(plan)}/{resource}";
}
