using Google.Protobuf;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Model;

namespace PlanServices.Reporting.Features.Following;

/// <summary>Applies changes of one plan, to its rows and to its stage.</summary>
internal readonly struct PlanWriter(ReportingContext db, PlanStage stage)
{
    private const string Updates = "/updates/";

    /// <summary>Applies a change; what the model does not keep is passed over.</summary>
    public ValueTask ApplyAsync(Change change, CancellationToken cancellationToken) => change.ResourceCase switch
    {
        Change.ResourceOneofCase.Plan => ApplyPlanAsync(change.Plan.Name, change.Plan, cancellationToken),
        Change.ResourceOneofCase.Theme => ApplyThemeAsync(change.Theme.Name, change.Theme, cancellationToken),
        Change.ResourceOneofCase.Period => ApplyPeriodAsync(change.Period.Name, change.Period, cancellationToken),
        Change.ResourceOneofCase.PlanAction => ApplyActionAsync(change.PlanAction.Name, change.PlanAction, cancellationToken),
        Change.ResourceOneofCase.ProgressUpdate => ApplyUpdateAsync(change.ProgressUpdate, cancellationToken),
        Change.ResourceOneofCase.Deleted => DeleteAsync(change.Deleted, cancellationToken),
        _ => ValueTask.CompletedTask,
    };

    private async ValueTask ApplyPlanAsync(string name, Plan? plan, CancellationToken cancellationToken)
    {
        await StoreAsync(ResourceKind.Plan, name, plan, cancellationToken);
        stage.Do(model => model.Plan = plan);
    }

    private async ValueTask ApplyThemeAsync(string name, Theme? theme, CancellationToken cancellationToken)
    {
        await StoreAsync(ResourceKind.Theme, name, theme, cancellationToken);
        stage.Do(model => model.SetTheme(name, theme));
    }

    private async ValueTask ApplyPeriodAsync(string name, Period? period, CancellationToken cancellationToken)
    {
        var id = name[(name.LastIndexOf('/') + 1)..];
        if (stage.PeriodKey(id) == 0)
        {
            if (period is null)
                return;
            stage.AddPeriod(await db.InsertResourceAsync(stage.Model.Key, ResourceKind.Period, name, period, cancellationToken), name);
        }
        else
        {
            await db.ChangeResourceAsync(name, period, cancellationToken);
        }

        stage.Do(model =>
        {
            if (model.TryGetPeriod(id, out var there))
                model.SetPeriod(there, period);
        });
    }

    private async ValueTask ApplyActionAsync(string name, PlanAction? action, CancellationToken cancellationToken)
    {
        if (stage.ActionKey(name) == 0)
        {
            if (action is null)
                return;
            stage.AddAction(await db.InsertResourceAsync(stage.Model.Key, ResourceKind.PlanAction, name, action, cancellationToken), name);
        }
        else
        {
            await db.ChangeResourceAsync(name, action, cancellationToken);
        }

        stage.Do(model =>
        {
            if (model.TryGetAction(name, out var there))
                model.SetAction(there, action);
        });
    }

    private async ValueTask ApplyUpdateAsync(ProgressUpdate update, CancellationToken cancellationToken)
    {
        var name = update.Name;
        var cut = name.LastIndexOf(Updates, StringComparison.Ordinal);
        var (actionKey, periodKey) = (stage.ActionKey(name.AsSpan(0, cut)), stage.PeriodKey(name.AsSpan(cut + Updates.Length)));
        // The catalogue sends what an update hangs on before it; should it not, the update waits for it under its name.
        if (actionKey == 0)
            actionKey = await PlaceActionAsync(name[..cut], cancellationToken);
        if (periodKey == 0)
            periodKey = await PlacePeriodAsync($"{stage.Model.Name}/periods/{name[(cut + Updates.Length)..]}", cancellationToken);

        var fact = Fact.Of(update);
        await db.StoreUpdateAsync(FollowedUpdate.Key(periodKey, actionKey), fact, update, isNew: stage.Fresh, cancellationToken);
        Set(name, cut, fact);
    }

    private async ValueTask<int> PlaceActionAsync(string name, CancellationToken cancellationToken)
    {
        var key = await db.InsertResourceAsync(stage.Model.Key, ResourceKind.PlanAction, name, null, cancellationToken);
        stage.AddAction(key, name);
        return key;
    }

    private async ValueTask<int> PlacePeriodAsync(string name, CancellationToken cancellationToken)
    {
        var key = await db.InsertResourceAsync(stage.Model.Key, ResourceKind.Period, name, null, cancellationToken);
        stage.AddPeriod(key, name);
        return key;
    }

    private ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Contains(Updates, StringComparison.Ordinal))
            return DeleteUpdateAsync(name, cancellationToken);
        if (name.Contains("/actions/", StringComparison.Ordinal))
            return ApplyActionAsync(name, null, cancellationToken);
        if (name.Contains("/periods/", StringComparison.Ordinal))
            return ApplyPeriodAsync(name, null, cancellationToken);
        if (name.Contains("/themes/", StringComparison.Ordinal))
            return ApplyThemeAsync(name, null, cancellationToken);
        return name == stage.Model.Name ? ApplyPlanAsync(name, null, cancellationToken) : ValueTask.CompletedTask;
    }

    private async ValueTask DeleteUpdateAsync(string name, CancellationToken cancellationToken)
    {
        var cut = name.LastIndexOf(Updates, StringComparison.Ordinal);
        var (actionKey, periodKey) = (stage.ActionKey(name.AsSpan(0, cut)), stage.PeriodKey(name.AsSpan(cut + Updates.Length)));
        if (actionKey == 0 || periodKey == 0)
            return;

        await db.DeleteUpdateAsync(FollowedUpdate.Key(periodKey, actionKey), cancellationToken);
        Set(name, cut, Fact.None);
    }

    // Of a plan that nobody sees the fact is set at once: there may be a million.
    private void Set(string name, int cut, Fact fact)
    {
        if (stage.Fresh)
            Set(stage.Model, name, cut, fact);
        else
            stage.Do(model => Set(model, name, cut, fact));
    }

    private static void Set(PlanModel model, string name, int cut, Fact fact)
    {
        if (model.TryGetAction(name.AsSpan(0, cut), out var action) && model.TryGetPeriod(name.AsSpan(cut + Updates.Length), out var period))
            period.Set(action, fact);
    }

    private async ValueTask StoreAsync(ResourceKind kind, string name, IMessage? resource, CancellationToken cancellationToken)
    {
        if (!await db.ChangeResourceAsync(name, resource, cancellationToken) && resource is not null)
            await db.InsertResourceAsync(stage.Model.Key, kind, name, resource, cancellationToken);
    }
}
