using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.Actions.Features.Changes;

/// <summary>One reader's watch of a plan, or of all of them.</summary>
/// <param name="slug">The plan's id; <c>-</c> for all.</param>
/// <param name="token">Where the reader stands; moves with what is sent.</param>
internal sealed class PlanWatch(IDbContextFactory<ActionsContext> contexts, PlanSnapshot snapshot, string slug, ResumeToken token)
    : IWatch<WatchChangesResponse>
{
    public async Task<bool> SendAsync(PatientWriter<WatchChangesResponse> stream, WatchLag lag, CancellationToken cancellationToken)
    {
        var sent = false;
        var plans = await PlansAsync(cancellationToken);
        lag.Behind(plans.Sum(p => p.HeadRevision - token.Positions.GetValueOrDefault(p.Id)));
        foreach (var plan in plans)
            sent |= await SendAsync(plan, stream, cancellationToken);

        return sent;
    }

    public (WatchChangesResponse Message, string ResumeToken) Checkpoint()
    {
        var message = new WatchChangesResponse
        {
            Kind = WatchChangesResponse.Types.Kind.Checkpoint,
            Plan = slug == ResourceName.Any ? "" : ResourceName.Plan.Of(slug),
            Revision = slug == ResourceName.Any ? 0 : token.Positions.Values.SingleOrDefault(),
            Consistent = true,
            ResumeToken = token.Encode(),
        };
        return (message, message.ResumeToken);
    }

    private async Task<List<WatchedPlan>> PlansAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var plans = await db.Plans
            .Where(p => slug == ResourceName.Any || p.Slug == slug)
            .OrderBy(p => p.Id)
            .Select(p => new WatchedPlan(p.Id, p.Slug, p.HeadRevision, p.DeleteTime != null))
            .ToListAsync(cancellationToken);
        // That a plan is gone is news to those alone who knew it.
        return plans.FindAll(p => !p.Deleted || token.Positions.ContainsKey(p.Id));
    }

    // True where there was something to send.
    private async Task<bool> SendAsync(
        WatchedPlan plan, PatientWriter<WatchChangesResponse> stream, CancellationToken cancellationToken)
    {
        if (!token.Positions.TryGetValue(plan.Id, out var position))
        {
            await foreach (var part in snapshot.ReadAsync(plan.Id, cancellationToken))
            {
                if (part.Consistent)
                {
                    token.Positions[plan.Id] = part.Revision;
                    part.ResumeToken = token.Encode();
                }

                await stream.WriteAsync(part, part.ResumeToken, cancellationToken);
            }

            return true;
        }

        if (position >= plan.HeadRevision)
            return false;

        var ordinal = -1;
        while (position < plan.HeadRevision)
        {
            var (message, next) = await ReadAsync(plan, position, ordinal, cancellationToken);
            (position, ordinal) = next;
            if (message.Consistent)
            {
                token.Positions[plan.Id] = position;
                message.ResumeToken = token.Encode();
            }

            await stream.WriteAsync(message, message.ResumeToken, cancellationToken);
        }

        return true;
    }

    // The changes behind a revision that was sent whole (ordinal -1), or behind an entry of the revision after it.
    private async Task<(WatchChangesResponse Message, (long Position, int Ordinal) Next)> ReadAsync(
        WatchedPlan plan, long position, int ordinal, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = await db.Changes.AsNoTracking()
            .Where(c => c.PlanId == plan.Id
                && (c.Revision > position + 1 || (c.Revision == position + 1 && c.Ordinal > ordinal))
                && c.Revision <= plan.HeadRevision)
            .OrderBy(c => c.Revision)
            .ThenBy(c => c.Ordinal)
            .Take(MessageSize.MostChanges + 1)
            .ToListAsync(cancellationToken);
        if (entries.Count == 0)
            throw new UnreachableException($"The change log of {plan.Slug} has nothing behind revision {position}.");

        var size = new MessageSize();
        var sent = entries.TakeWhile(e => size.Takes(e.Change.Length)).ToList();
        var last = sent[^1];
        var whole = sent.Count == entries.Count || entries[sent.Count].Revision > last.Revision;
        var message = new WatchChangesResponse
        {
            Kind = WatchChangesResponse.Types.Kind.Changes,
            Plan = ResourceName.Plan.Of(plan.Slug),
            Revision = last.Revision,
            Consistent = whole,
        };
        message.Changes.AddRange(sent.Select(e => Change.Parser.ParseFrom(e.Change)));
        return (message, whole ? (last.Revision, -1) : (last.Revision - 1, last.Ordinal));
    }

    private sealed record WatchedPlan(int Id, string Slug, long HeadRevision, bool Deleted);
}
