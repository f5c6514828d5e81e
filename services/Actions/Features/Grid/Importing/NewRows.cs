using PlanServices.Actions.Data;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>What an import makes, of which there may be very much: written by prepared statements, not by EF's change tracker.</summary>
internal sealed class NewRows
{
    private readonly List<PlanActionEntity> _actions = [];
    private readonly List<ProgressUpdateEntity> _updates = [];

    public void Add(PlanActionEntity action) => _actions.Add(action);

    public void Add(ProgressUpdateEntity update) => _updates.Add(update);

    /// <summary>Inserts all of it; plan, themes and period must be stored.</summary>
    public async Task InsertAsync(ActionsContext db, CancellationToken cancellationToken)
    {
        // Parents first: a sub-action has its parent's key.
        foreach (var action in _actions.OrderBy(a => a.Parent is null ? 0 : 1))
        {
            (action.PlanId, action.ThemeId, action.ParentId) = (action.Plan.Id, action.Theme.Id, action.Parent?.Id);
            await db.Rows<PlanActionEntity>().InsertAsync(db, action, cancellationToken);
        }

        foreach (var update in _updates)
        {
            (update.PlanActionId, update.PeriodId) = (update.PlanAction.Id, update.Period.Id);
            await db.Rows<ProgressUpdateEntity>().InsertAsync(db, update, cancellationToken);
        }
    }
}
