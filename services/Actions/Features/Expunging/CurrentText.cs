using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Expunging;

/// <summary>Removes a text from what a plan holds now.</summary>
internal static class CurrentText
{
    /// <summary>The resources in which it stood; each of them is changed by the edit.</summary>
    public static async Task<HashSet<string>> RemoveAsync(
        ActionsContext db, PlanEdit edit, TextRemoval removal, string reason, CancellationToken cancellationToken)
    {
        var plan = edit.Plan;
        HashSet<string> found = [];
        var before = removal.Occurrences;
        (plan.DisplayName, plan.Description) = (removal.From(plan.DisplayName), removal.From(plan.Description));
        var scheme = StatusScheme.Parser.ParseFrom(plan.StatusScheme);
        if (removal.From(scheme))
            plan.StatusScheme = scheme.ToByteArray();
        if (Found())
        {
            edit.PlanChanged(reason);
            found.Add("");
        }

        foreach (var theme in await db.Themes.Where(t => t.PlanId == plan.Id).ToListAsync(cancellationToken))
        {
            theme.DisplayName = removal.From(theme.DisplayName);
            if (theme.Framework is not null && Theme.Parser.ParseFrom(theme.Framework) is var framework && removal.From(framework))
                theme.Framework = framework.ToByteArray();
            if (Found())
            {
                edit.Changed(theme, reason);
                found.Add(Resources.Theme(theme.Slug));
            }
        }

        foreach (var refresh in await db.PlanRefreshes.Where(r => r.PlanId == plan.Id).ToListAsync(cancellationToken))
        {
            var content = PlanRefresh.Parser.ParseFrom(refresh.Content);
            removal.From(content);
            refresh.Content = content.ToByteArray();
            if (Found())
            {
                edit.Changed(refresh, reason);
                found.Add(Resources.PlanRefresh(refresh.Slug));
            }
        }

        foreach (var period in await db.Periods.Where(p => p.PlanId == plan.Id).ToListAsync(cancellationToken))
        {
            period.DisplayName = removal.From(period.DisplayName);
            period.MeetingName = removal.From(period.MeetingName);
            period.ReopenReason = removal.From(period.ReopenReason);
            if (Found())
            {
                edit.Changed(period, reason);
                found.Add(Resources.Period(period.Slug));
            }
        }

        var actions = db.PlanActions.Include(a => a.Theme).Include(a => a.Parent).Where(a => a.PlanId == plan.Id);
        foreach (var action in await FoundAsync(actions, RemoveFromAction))
        {
            edit.Changed(action, reason);
            await db.Rows<PlanActionEntity>().UpdateAsync(db, action, null, cancellationToken);
            found.Add(Resources.PlanAction(action.Ref));
        }

        var updates = db.ProgressUpdates.Include(u => u.PlanAction).Include(u => u.Period).Where(u => u.PlanAction.PlanId == plan.Id);
        foreach (var update in await FoundAsync(updates, RemoveFromUpdate))
        {
            edit.Changed(update, reason);
            await db.Rows<ProgressUpdateEntity>().UpdateAsync(db, update, null, cancellationToken);
            found.Add(Resources.ProgressUpdate(update.PlanAction.Ref, update.Period.Slug));
        }

        return found;

        bool Found()
        {
            var any = removal.Occurrences > before;
            before = removal.Occurrences;
            return any;
        }

        // Of very many rows few have it: they are not tracked, and one at a time is read.
        async Task<List<TEntity>> FoundAsync<TEntity>(IQueryable<TEntity> rows, Action<TEntity> remove)
            where TEntity : class
        {
            List<TEntity> changed = [];
            await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                remove(row);
                if (Found())
                    changed.Add(row);
            }

            return changed;
        }

        void RemoveFromAction(PlanActionEntity action)
        {
            action.Title = removal.From(action.Title);
            action.Notes = Without(action.Notes);
            action.OpccLeads = Without(action.OpccLeads);
            action.DeliveryLeads = LeadsWithout(action.DeliveryLeads);
            action.FormerOpccLeads = Without(action.FormerOpccLeads);
            action.FormerDeliveryLeads = LeadsWithout(action.FormerDeliveryLeads);
        }

        void RemoveFromUpdate(ProgressUpdateEntity update)
        {
            update.Narrative = removal.From(update.Narrative);
            update.StatusReason = removal.From(update.StatusReason);
            update.Opportunities = removal.From(update.Opportunities);
            update.ReturnReason = removal.From(update.ReturnReason);
            update.EvidenceLinks = Without(update.EvidenceLinks);
            update.Withheld = [.. update.Withheld.Select(w => w with { Reason = removal.From(w.Reason) })];
            if (update.Source is not null && UpdateSource.Parser.ParseFrom(update.Source) is var source && removal.From(source))
                update.Source = source.ToByteArray();
        }

        List<string> Without(List<string> values) => [.. values.Select(removal.From)];

        List<DeliveryLeadEntity> LeadsWithout(List<DeliveryLeadEntity> leads) =>
            [.. leads.Select(l => l with { Text = removal.From(l.Text), Qualifier = removal.From(l.Qualifier) })];
    }
}
