using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Model;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Progress;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Features;

/// <summary>Reads a plan in a period out of the database, with all its texts: for what memory does not hold.</summary>
internal sealed class PlanStates(IDbContextFactory<ReportingContext> contexts, ModelReads reads)
{
    /// <summary>The plan in a period, not older than the call asks for; errors as of <see cref="ModelReads.ReadAsync{T}"/>.</summary>
    public async Task<PlanState> ReadAsync(string planId, string periodId, ServerCallContext context) =>
        await reads.ReadAsync(planId, periodId, context, least => TryReadAsync(planId, periodId, least, context.CancellationToken));

    /// <summary>The plan in a period, or null where it is not there or older than asked for; and the revision that was looked at.</summary>
    public async ValueTask<(PlanState? State, long Revision)> TryReadAsync(
        string planId, string periodId, long least, CancellationToken cancellationToken)
    {
        var name = ResourceName.Plan.Of(planId);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginReadAsync(cancellationToken);
        var plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(p => p.Name == name, cancellationToken);
        if (plan is null || plan.Revision < least)
            return (null, plan?.Revision ?? 0);

        // A resource without a message is one that is not there.
        var resources = (await db.Resources.AsNoTracking().Where(r => r.PlanId == plan.Id).ToListAsync(cancellationToken))
            .FindAll(r => r.Message.Length > 0);
        var periodName = ResourceName.Period.Of(planId, periodId);
        if (resources.Find(r => r.Name == periodName) is not { } period || resources.Find(r => r.Name == name) is not { } itself)
            return (null, plan.Revision);

        var (first, behind) = (FollowedUpdate.Key(period.Id, 0), FollowedUpdate.Key(period.Id + 1, 0));
        var updates = await db.Updates.AsNoTracking().Where(u => u.Id >= first && u.Id < behind)
            .ToDictionaryAsync(u => FollowedUpdate.ActionOf(u.Id), u => u.Message, cancellationToken);
        return (Assemble(plan, itself, period, resources, updates), plan.Revision);
    }

    private static PlanState Assemble(
        FollowedPlan followed, FollowedResource plan, FollowedResource itself, List<FollowedResource> resources, Dictionary<int, byte[]> updates)
    {
        var themes = resources.Where(r => r.Kind == ResourceKind.Theme).Select(r => Theme.Parser.ParseFrom(r.Message))
            .OrderBy(t => t.Position).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
        var positions = themes.ToDictionary(t => t.Name, t => t.Position);
        var actions = resources.Where(r => r.Kind == ResourceKind.PlanAction)
            .Select(r => (r.Id, Action: PlanAction.Parser.ParseFrom(r.Message).AsReported())).ToArray();
        var period = Period.Parser.ParseFrom(itself.Message);
        var leaves = actions
            .OrderBy(a => RefOrder.Key(positions.GetValueOrDefault(a.Action.Theme, int.MaxValue), a.Action.Ref), StringComparer.Ordinal)
            .Select(a => new LeafState(a.Action, updates.TryGetValue(a.Id, out var message) ? Reported(ProgressUpdate.Parser.ParseFrom(message)) : null))
            .Where(l => LeafGroups.Of(l.Action).Counts(period, l.Update is { } update ? Fact.Of(update) : Fact.None))
            .ToList();
        return new PlanState(
            Plan.Parser.ParseFrom(plan.Message),
            period,
            [.. resources.Where(r => r.Kind == ResourceKind.Period).Select(r => Period.Parser.ParseFrom(r.Message))],
            themes,
            leaves,
            actions.ToDictionary(a => a.Action.Name, a => a.Action),
            followed.Revision,
            followed.ChangeTime);
    }

    /// <summary>A text that was only carried over is a draft for its lead, and no report: of it there is no more than that it is a draft.</summary>
    public static ProgressUpdate Reported(ProgressUpdate update) =>
        update.CarriedOverFrom.Length == 0 ? update : new ProgressUpdate { Name = update.Name, State = update.State, Revision = update.Revision };
}
