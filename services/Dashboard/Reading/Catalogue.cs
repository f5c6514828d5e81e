using PlanServices.Actions.V1;

namespace PlanServices.Dashboard.Reading;

/// <summary>Whole lists of the catalogue.</summary>
internal sealed class Catalogue(
    PlanService.PlanServiceClient plans, ActionService.ActionServiceClient actions, ProgressService.ProgressServiceClient progress, Calls calls)
{
    /// <summary>A plan's themes, in its order.</summary>
    public Task<List<Theme>> ThemesAsync(string plan, CancellationToken cancellationToken) => Calls.AllAsync<Theme>(async token =>
    {
        var page = await plans.ListThemesAsync(
            new ListThemesRequest { Parent = plan, PageSize = Calls.PageSize, PageToken = token }, calls.Options(cancellationToken));
        return (page.Themes, page.NextPageToken);
    });

    /// <summary>A plan's actions and sub-actions, in its order.</summary>
    public Task<List<PlanAction>> ActionsAsync(Plan plan, CancellationToken cancellationToken) => Calls.AllAsync<PlanAction>(async token =>
    {
        var page = await actions.ListPlanActionsAsync(
            new ListPlanActionsRequest { Parent = plan.Name, PageSize = Calls.PageSize, PageToken = token }, calls.AtLeast(plan, cancellationToken));
        return (page.PlanActions, page.NextPageToken);
    });

    /// <summary>The updates of an action (<c>plans/{plan}/actions/{ref}</c>, or <c>…/-</c> for all), of a period or of all.</summary>
    public Task<List<ProgressUpdate>> UpdatesAsync(string action, string period, CancellationToken cancellationToken) =>
        Calls.AllAsync<ProgressUpdate>(async token =>
        {
            var page = await progress.ListProgressUpdatesAsync(
                new ListProgressUpdatesRequest { Parent = action, Period = period, PageSize = Calls.PageSize, PageToken = token },
                calls.Options(cancellationToken));
            return (page.ProgressUpdates, page.NextPageToken);
        });

    /// <summary>The updates of a period by their action; none where there is no period.</summary>
    public async Task<Dictionary<string, ProgressUpdate>> UpdatesByActionAsync(string plan, Period? period, CancellationToken cancellationToken) =>
        period is null
            ? []
            : (await UpdatesAsync($"{plan}/actions/-", Place.Id(period.Name), cancellationToken)).ToDictionary(u => ActionOf(u.Name));

    /// <summary>The leaves that owe an update for a period; of one partner, or of all.</summary>
    public Task<List<OwedUpdate>> OwedAsync(string period, string partner, CancellationToken cancellationToken) => Calls.AllAsync<OwedUpdate>(async token =>
    {
        var page = await progress.ListOwedUpdatesAsync(
            new ListOwedUpdatesRequest { Parent = period, Partner = partner, PageSize = Calls.PageSize, PageToken = token },
            calls.Options(cancellationToken));
        return (page.OwedUpdates, page.NextPageToken);
    });

    /// <summary>The action that an update belongs to, by name.</summary>
    public static string ActionOf(string update) => update[..update.IndexOf("/updates/", StringComparison.Ordinal)];
}
