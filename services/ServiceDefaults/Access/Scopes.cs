namespace PlanServices.ServiceDefaults.Access;

/// <summary>What a token may allow; an OAuth 2.0 scope each.</summary>
public static class Scopes
{
    /// <summary>Read plans, actions, updates, partners and reports.</summary>
    public const string PlanRead = "plan.read";

    /// <summary>Change plans, import grids, and save and submit updates of any action.</summary>
    public const string PlanWrite = "plan.write";

    /// <summary>Remove texts from a plan, its history and the directory's review list, and search published reports for them.</summary>
    public const string PlanAdmin = "plan.admin";

    /// <summary>Save and submit updates of what the client's partner leads.</summary>
    public const string UpdatesWrite = "updates.write";

    /// <summary>Return and approve updates, and withhold their fields.</summary>
    public const string UpdatesApprove = "updates.approve";

    /// <summary>Publish and withdraw reports.</summary>
    public const string ReportsPublish = "reports.publish";

    /// <summary>Change the directory.</summary>
    public const string DirectoryWrite = "directory.write";

    /// <summary>Make and change API clients, and read the audit logs.</summary>
    public const string ClientsManage = "clients.manage";

    public static IReadOnlyList<string> All { get; } =
        [PlanRead, PlanWrite, PlanAdmin, UpdatesWrite, UpdatesApprove, ReportsPublish, DirectoryWrite, ClientsManage];
}
