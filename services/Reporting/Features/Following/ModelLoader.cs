using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Model;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Features.Following;

/// <summary>Makes the plans in memory out of the database. Of updates it reads the facts, and no text.</summary>
internal static class ModelLoader
{
    private static readonly PreparedSql Facts = new("SELECT Id, Fact FROM updates ORDER BY Id");

    public static async Task LoadAsync(this PlanModels plans, IDbContextFactory<ReportingContext> contexts, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginReadAsync(cancellationToken);
        var models = new Dictionary<int, PlanModel>();
        await foreach (var row in db.Plans.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var model = new PlanModel(row.Id, row.Name);
            model.Reach(row.Revision, row.ChangeTime);
            models.Add(row.Id, model);
        }

        Dictionary<int, ActionModel> actions = [];
        Dictionary<int, PeriodModel> periods = [];
        await foreach (var row in db.Resources.AsNoTracking().OrderBy(r => r.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
            Add(row, models[row.PlanId], actions, periods);

        await using var reader = await Facts.Bind(db).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetInt64(0);
            periods[FollowedUpdate.PeriodOf(id)].Set(actions[FollowedUpdate.ActionOf(id)], new Fact((ushort)reader.GetInt32(1)));
        }

        plans.Replace(models.Values);
    }

    private static void Add(FollowedResource row, PlanModel plan, Dictionary<int, ActionModel> actions, Dictionary<int, PeriodModel> periods)
    {
        var isThere = row.Message.Length > 0;
        switch (row.Kind)
        {
            case ResourceKind.Plan:
                plan.Plan = isThere ? Plan.Parser.ParseFrom(row.Message) : null;
                break;
            case ResourceKind.Theme:
                plan.SetTheme(row.Name, isThere ? Theme.Parser.ParseFrom(row.Message) : null);
                break;
            case ResourceKind.Period:
                var period = plan.AddPeriod(row.Id, row.Name);
                plan.SetPeriod(period, isThere ? Period.Parser.ParseFrom(row.Message) : null);
                periods.Add(row.Id, period);
                break;
            default:
                var action = plan.AddAction(row.Id, row.Name);
                plan.SetAction(action, isThere ? PlanAction.Parser.ParseFrom(row.Message) : null);
                actions.Add(row.Id, action);
                break;
        }
    }
}
