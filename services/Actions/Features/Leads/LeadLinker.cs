using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Leads;

/// <summary>Links the delivery leads that were stored while the directory was out of reach, as soon as it answers.</summary>
internal sealed partial class LeadLinker(
    IDbContextFactory<ActionsContext> contexts,
    SingleWriter<ActionsContext> writer,
    LeadDirectory directory,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<LeadLinker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, time);
        do
            await LinkAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LinkAsync(CancellationToken cancellationToken)
    {
        List<int> plans;
        List<LeadText> texts;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var pending = await db.PlanActions.AsNoTracking().Where(a => a.LeadsPending).ToListAsync(cancellationToken);
            plans = [.. pending.Select(a => a.PlanId).Distinct()];
            texts = [.. pending.SelectMany(a => a.DeliveryLeads).Select(l => new LeadText(l.Text, l.Qualifier))];
        }

        if (plans.Count == 0 || await directory.ResolveAsync(texts, cancellationToken) is not { Reached: true } leads)
            return;

        foreach (var plan in plans)
        {
            var linked = await writer.WriteAsync((db, token) => LinkAsync(db, plan, leads, token), cancellationToken);
            Log.Linked(logger, linked, plan);
        }
    }

    private async Task<Written<int>> LinkAsync(ActionsContext db, int planId, LeadAnswers leads, CancellationToken cancellationToken)
    {
        var origin = new Origin(
            Caller.Local, time.GetUtcNow().UtcDateTime, new ChangeSource { Kind = ChangeSource.Types.Kind.Directory });
        var edit = new PlanEdit(db, await db.Plans.SingleAsync(p => p.Id == planId, cancellationToken), origin);
        var linked = 0;
        var actions = await db.PlanActions.Include(a => a.Theme).Include(a => a.Parent)
            .Where(a => a.PlanId == planId && a.LeadsPending)
            .ToListAsync(cancellationToken);
        foreach (var action in actions)
        {
            var before = action.DeliveryLeads.Count(l => l.Partner.Length > 0);
            action.DeliveryLeads =
            [
                .. action.DeliveryLeads.Select(l => l.Partner.Length > 0
                    ? l
                    : l with { Partner = leads.For(new LeadText(l.Text, l.Qualifier))?.Partner ?? "" }),
            ];
            linked += action.DeliveryLeads.Count(l => l.Partner.Length > 0) - before;
            action.LeadsPending = false;
            edit.Changed(action);
        }

        await edit.SaveAsync(cancellationToken);
        return new Written<int>(linked, Keep: edit.Any);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Leads} delivery leads of plan {Plan} were linked to the directory")]
        public static partial void Linked(ILogger logger, int leads, int plan);
    }
}
