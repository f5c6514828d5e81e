using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.Features.Following;
using PlanServices.Actions.V1;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Leads;

/// <summary>
/// Keeps delivery leads linked: those that were stored while the directory was out of reach as soon as it answers, and all others when the
/// directory changes. An officer's word on a text changes its links, a new name only makes those that were missing; what a caller named
/// stays.
/// </summary>
internal sealed partial class LeadLinker(
    IDbContextFactory<ActionsContext> contexts,
    SingleWriter<ActionsContext> writer,
    LeadDirectory directory,
    DirectoryModel model,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<LeadLinker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _due = new(0);
    private int _directoryChanged;

    public override void Dispose()
    {
        _due.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        model.Changed += Note;
        try
        {
            // What came before this listened is in the state already.
            Interlocked.Exchange(ref _directoryChanged, model.State.Revision > 0 ? 1 : 0);
            while (true)
            {
                var all = Interlocked.Exchange(ref _directoryChanged, 0) == 1;
                if (!await TryLinkAsync(all, stoppingToken) && all)
                    Interlocked.Exchange(ref _directoryChanged, 1);

                await WaitAsync(stoppingToken);
            }
        }
        finally
        {
            model.Changed -= Note;
        }
    }

    private void Note(IReadOnlyList<DirectoryChange> changes)
    {
        if (!changes.Any(c => c.EntryCase is DirectoryChange.EntryOneofCase.Partner or DirectoryChange.EntryOneofCase.LeadReview))
            return;

        Interlocked.Exchange(ref _directoryChanged, 1);
        _due.Release();
    }

    // Until the directory changes; at most for the pause, since leads may be pending.
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var pause = new CancellationTokenSource(Pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, pause.Token);
        try
        {
            await _due.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The pause is over.
        }
    }

    // Whatever goes wrong, the process goes on and this is tried again: leads keep the text that they have.
    private async Task<bool> TryLinkAsync(bool all, CancellationToken cancellationToken)
    {
        try
        {
            return await LinkAsync(all: false, cancellationToken) && (!all || await LinkAsync(all, cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e, Pause.TotalSeconds);
            return false;
        }
    }

    // False where the directory was out of reach.
    private async Task<bool> LinkAsync(bool all, CancellationToken cancellationToken)
    {
        ILookup<(int Id, string Slug), LeadText> plans;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var actions = await db.PlanActions.AsNoTracking()
                .Where(a => a.LeadsPending || all)
                .Select(a => new { a.PlanId, a.Plan.Slug, a.DeliveryLeads, a.FormerDeliveryLeads })
                .ToListAsync(cancellationToken);
            plans = actions
                .SelectMany(a => a.DeliveryLeads.Concat(a.FormerDeliveryLeads).Where(l => !l.Stated).Select(l => (a.PlanId, a.Slug, Lead: new LeadText(l.Text, l.Qualifier))))
                .ToLookup(l => (l.PlanId, l.Slug), l => l.Lead);
        }

        foreach (var plan in plans)
        {
            if (await directory.ResolveAsync(plan.Key.Slug, plan, collect: !all, cancellationToken) is not { Reached: true } leads)
                return false;

            var linked = await writer.WriteAsync((db, token) => LinkAsync(db, plan.Key.Id, all, leads, token), cancellationToken);
            if (linked > 0)
                Log.Linked(logger, linked, plan.Key.Slug);
        }

        return true;
    }

    private async Task<Written<int>> LinkAsync(
        ActionsContext db, int planId, bool all, LeadAnswers leads, CancellationToken cancellationToken)
    {
        var origin = new Origin(
            Caller.Service, time.GetUtcNow().UtcDateTime, new ChangeSource { Kind = ChangeSource.Types.Kind.Directory });
        var edit = new PlanEdit(db, await db.Plans.SingleAsync(p => p.Id == planId, cancellationToken), origin);
        var linked = 0;
        var actions = await db.PlanActions.Include(a => a.Theme).Include(a => a.Parent)
            .Where(a => a.PlanId == planId && (a.LeadsPending || all))
            .ToListAsync(cancellationToken);
        foreach (var action in actions)
        {
            var (now, then) = (Follow(action.DeliveryLeads, leads), Follow(action.FormerDeliveryLeads, leads));
            var changed = now.Concat(then).Zip(action.DeliveryLeads.Concat(action.FormerDeliveryLeads)).Count(l => l.First != l.Second);
            if (changed == 0 && !action.LeadsPending)
                continue;

            (action.DeliveryLeads, action.FormerDeliveryLeads, action.LeadsPending) = (now, then, false);
            linked += changed;
            edit.Changed(action);
        }

        await edit.SaveAsync(cancellationToken);
        return new Written<int>(linked, Keep: edit.Any);
    }

    private static List<DeliveryLeadEntity> Follow(List<DeliveryLeadEntity> followed, LeadAnswers leads) =>
        followed.ConvertAll(l => Follow(l, leads.For(new LeadText(l.Text, l.Qualifier))));

    private static DeliveryLeadEntity Follow(DeliveryLeadEntity lead, ResolvedLead? answer) => answer switch
    {
        null => lead,
        _ when lead.Stated => lead,
        { Settled: true } => lead with { Partner = answer.Partner },
        _ when lead.Partner.Length == 0 => lead with { Partner = answer.Partner },
        _ => lead,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Leads} delivery leads of plan {Plan} follow the directory")]
        public static partial void Linked(ILogger logger, int leads, string plan);

        [LoggerMessage(Level = LogLevel.Error, Message = "Delivery leads could not follow the directory; it is tried again in {Seconds} s")]
        public static partial void Failed(ILogger logger, Exception exception, double seconds);
    }
}
