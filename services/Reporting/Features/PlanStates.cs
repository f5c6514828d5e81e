using System.Globalization;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.V1;
using PlanServices.Reporting.Data;
using PlanServices.Reporting.Features.Following;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Reporting.Features;

/// <summary>Reads plans out of the read model; the one way to it.</summary>
internal sealed class PlanStates(IDbContextFactory<ReportingContext> contexts, ModelProgress progress, TimeProvider time)
{
    /// <summary>The metadata that asks for at least a revision: AIP-style read-your-writes.</summary>
    public const string MinRevision = "planservices-min-revision";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The plan in a period, not older than the call asks for. NOT_FOUND where there is no such plan or period; UNAVAILABLE where the
    /// model does not reach the revision in time, or is still being built and has not met the plan or period yet.
    /// </summary>
    public async Task<PlanState> ReadAsync(string planId, string periodId, ServerCallContext context)
    {
        var least = LeastRevision(context);
        var deadline = time.GetTimestamp() + (long)(Patience.TotalSeconds * time.TimestampFrequency);
        while (true)
        {
            var (moved, caughtUp) = (progress.Next, progress.CaughtUp);
            var (state, revision) = await TryReadAsync(planId, periodId, least, context.CancellationToken);
            if (state is not null)
                return state;
            if (caughtUp && revision >= least)
                throw ApiErrors.NotFound(revision == 0 ? ResourceName.Plan.Of(planId) : ResourceName.Period.Of(planId, periodId));

            try
            {
                var left = -time.GetElapsedTime(deadline);
                await moved.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, context.CancellationToken);
            }
            catch (TimeoutException e)
            {
                throw ApiErrors.Unavailable(
                    revision >= least
                        ? "The reports are still being gathered from the catalogue; call again."
                        : $"The reports have reached revision {revision} of {ResourceName.Plan.Of(planId)}, not {least}; call again.",
                    e);
            }
        }
    }

    private async Task<(PlanState? State, long Revision)> TryReadAsync(
        string planId, string periodId, long least, CancellationToken cancellationToken)
    {
        var name = ResourceName.Plan.Of(planId);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginReadAsync(cancellationToken);
        var plan = await db.Plans.AsNoTracking().SingleOrDefaultAsync(p => p.Name == name, cancellationToken);
        if (plan is null || plan.Revision < least)
            return (null, plan?.Revision ?? 0);

        var resources = await db.Resources.AsNoTracking()
            .Where(r => r.PlanId == plan.Id && (r.Kind != ResourceKind.ProgressUpdate || r.Period == periodId))
            .ToListAsync(cancellationToken);
        return (Assemble(plan, resources, ResourceName.Period.Of(planId, periodId)), plan.Revision);
    }

    private static PlanState? Assemble(FollowedPlan followed, List<FollowedResource> resources, string periodName)
    {
        if (resources.Find(r => r.Name == periodName) is not { } period || resources.Find(r => r.Name == followed.Name) is not { } plan)
            return null;

        var themes = Of(resources, ResourceKind.Theme, Theme.Parser.ParseFrom).OrderBy(t => t.Position).ToList();
        var positions = themes.ToDictionary(t => t.Name, t => t.Position);
        var actions = Of(resources, ResourceKind.PlanAction, PlanAction.Parser.ParseFrom).ToDictionary(a => a.Name);
        var updates = Of(resources, ResourceKind.ProgressUpdate, ProgressUpdate.Parser.ParseFrom)
            .ToDictionary(u => u.Name[..u.Name.LastIndexOf("/updates/", StringComparison.Ordinal)], Reported);
        var leaves = actions.Values
            .Where(a => a.Leaf && a.State != PlanAction.Types.State.Retired)
            .OrderBy(a => RefOrder.Key(positions.GetValueOrDefault(a.Theme, int.MaxValue), a.Ref), StringComparer.Ordinal)
            .Select(a => new LeafState(a, updates.GetValueOrDefault(a.Name)))
            .ToList();
        return new PlanState(
            Plan.Parser.ParseFrom(plan.Message),
            Period.Parser.ParseFrom(period.Message),
            themes,
            leaves,
            actions,
            followed.Revision,
            followed.ChangeTime);
    }

    // A text that was only carried over is a draft for its lead, and no report: of it there is no more than that it is a draft.
    private static ProgressUpdate Reported(ProgressUpdate update) =>
        update.CarriedOverFrom.Length == 0 ? update : new ProgressUpdate { Name = update.Name, State = update.State, Revision = update.Revision };

    private static IEnumerable<T> Of<T>(List<FollowedResource> resources, ResourceKind kind, Func<byte[], T> parse) =>
        resources.Where(r => r.Kind == kind).Select(r => parse(r.Message));

    private static long LeastRevision(ServerCallContext context)
    {
        var value = context.RequestHeaders.GetValue(MinRevision);
        if (value is null)
            return 0;

        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : throw ApiErrors.InvalidField(MinRevision, $"'{value}' is no revision.");
    }
}
