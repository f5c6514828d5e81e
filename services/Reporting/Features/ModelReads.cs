using Grpc.Core;
using PlanServices.Reporting.Features.Following;
using PlanServices.Reporting.Features.Model;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Reporting.Features;

/// <summary>Reads the model not older than the call asks for; the one way to it.</summary>
internal sealed class ModelReads(PlanModels plans, ModelProgress progress, TimeProvider time)
{
    /// <summary>
    /// The revision of a read that found the parts of the model at different ones: between a commit and its showing in memory. It is older
    /// than any that is asked for, so it is read again.
    /// </summary>
    public const long NotYet = -1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A plan and period in memory. Errors as of <see cref="ReadAsync{T}"/>.</summary>
    public async ValueTask<(PlanModel Plan, PeriodModel Period)> FindAsync(string planId, string periodId, ServerCallContext context)
    {
        if (Look(planId, periodId, MinRevision.Of(context)).Found is { } found)
            return found;

        var awaited = await ReadAsync<Tuple<PlanModel, PeriodModel>>(planId, periodId, context, least =>
        {
            var (now, revision) = Look(planId, periodId, least);
            return new((now?.ToTuple(), revision));
        });
        return awaited.ToValueTuple();
    }

    /// <summary>A plan in memory. Errors as of <see cref="ReadAsync{T}"/>.</summary>
    public async ValueTask<PlanModel> FindAsync(string planId, ServerCallContext context) =>
        await ReadAsync<PlanModel>(planId, null, context, least =>
        {
            if (plans.Find(ResourceName.Plan.Of(planId)) is not { } plan)
                return new((null, 0));

            lock (plan.Lock)
                return new((plan.Plan is not null && plan.Revision >= least ? plan : null, plan.Revision));
        });

    /// <summary>
    /// What <paramref name="read"/> finds once the model is new enough. NOT_FOUND where there is no such plan or period; UNAVAILABLE
    /// where the model does not reach the revision in time, or is still being built and has not met the plan or period yet.
    /// </summary>
    /// <param name="planId">The plan's id.</param>
    /// <param name="periodId">The period's id; null where none is meant.</param>
    /// <param name="context">The call.</param>
    /// <param name="read">Given the least revision: what was asked for, or null; and the revision that was looked at, 0 for no plan.</param>
    /// <param name="atLeast">A revision that is needed whatever the call asks for.</param>
    public async ValueTask<T> ReadAsync<T>(
        string planId, string? periodId, ServerCallContext context, Func<long, ValueTask<(T? Value, long Revision)>> read, long atLeast = 0)
        where T : class
    {
        var least = Math.Max(MinRevision.Of(context), atLeast);
        var deadline = time.GetTimestamp() + (long)(Patience.TotalSeconds * time.TimestampFrequency);
        while (true)
        {
            var (moved, caughtUp) = (progress.Next, progress.CaughtUp);
            var (value, revision) = await read(least);
            if (value is not null)
                return value;
            if (caughtUp && progress.CaughtUp && revision >= least)
                throw ApiErrors.NotFound(revision == 0 || periodId is null ? ResourceName.Plan.Of(planId) : ResourceName.Period.Of(planId, periodId));

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

    // The revision is of the same look: a change that arrives between two looks would make what it brings seem to be nowhere.
    private ((PlanModel Plan, PeriodModel Period)? Found, long Revision) Look(string planId, string periodId, long least)
    {
        if (plans.Find(ResourceName.Plan.Of(planId)) is not { } plan)
            return (null, 0);

        lock (plan.Lock)
        {
            var isThere = plan.Plan is not null && plan.Revision >= least;
            return (isThere && plan.TryGetPeriod(periodId, out var period) && period.Period is not null ? (plan, period) : null, plan.Revision);
        }
    }
}
