using PlanServices.Actions.V1;
using PlanServices.Testing;

namespace PlanServices.Actions.Tests.Features.Refreshes;

/// <summary>The plan that refreshes are tried on, and calls for it.</summary>
internal static class RefreshPlan
{
    private const string Plan = "plans/cambridgeshire-2013";

    public static async Task<Theme> ThemeAsync(ActionsServer server, string id, Theme theme) => await server.Plans.CreateThemeAsync(
        new CreateThemeRequest { Parent = Plan, ThemeId = id, Theme = theme }, cancellationToken: Deadline.Token);

    public static async Task<PlanAction> ActionAsync(ActionsServer server, string reference, string theme) => await server.Actions.CreatePlanActionAsync(
        new CreatePlanActionRequest
        {
            Parent = Plan,
            PlanActionId = reference,
            PlanAction = new PlanAction { Theme = $"{Plan}/themes/{theme}", Title = $"Do {reference}" },
        },
        cancellationToken: Deadline.Token);

    public static async Task<PlanRefresh> ProposeAsync(ActionsServer server, PlanRefresh refresh) => await server.Refreshes.CreatePlanRefreshAsync(
        new CreatePlanRefreshRequest { Parent = Plan, PlanRefreshId = "december-2014", PlanRefresh = refresh }, cancellationToken: Deadline.Token);

    public static async Task<PlanRefresh> DecideAsync(ActionsServer server, Decision.Types.Outcome outcome, string etag = "") =>
        await server.Refreshes.RecordDecisionAsync(
            new RecordDecisionRequest { Name = $"{Plan}/refreshes/december-2014", Etag = etag, Decision = new Decision { Outcome = outcome } },
            cancellationToken: Deadline.Token);

    public static async Task<PlanRefresh> WithdrawAsync(ActionsServer server, Action<WithdrawPlanRefreshRequest>? change = null)
    {
        var request = new WithdrawPlanRefreshRequest { Name = $"{Plan}/refreshes/december-2014", Reason = "It named the wrong action." };
        change?.Invoke(request);
        return await server.Refreshes.WithdrawPlanRefreshAsync(request, cancellationToken: Deadline.Token);
    }
}
