using System.Diagnostics;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Names;

namespace PlanServices.Actions.Features.Changes;

/// <summary>
/// Streams plans: a snapshot of each that the reader does not know yet, then what its change log says, then whatever is committed.
/// It reads from the database as fast as the reader takes it and holds one batch at a time.
/// </summary>
internal sealed class ChangeWatcher(
    IDbContextFactory<ActionsContext> contexts, ChangeSignal<ActionsContext> signal, PlanSnapshot snapshot, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public async Task WatchAsync(
        WatchChangesRequest request, IServerStreamWriter<WatchChangesResponse> reader, CancellationToken cancellationToken)
    {
        var stream = new PatientWriter<WatchChangesResponse>(reader, request.ResumeToken, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var slug = ResourceName.Plan.Parse(request.Parent, "parent")[0];
        var token = await StartAsync(request, slug, stop.Token);
        for (var due = time.GetTimestamp(); ;)
        {
            var committed = signal.Next;
            var sent = false;
            foreach (var plan in await PlansAsync(slug, stop.Token))
                sent |= await SendAsync(plan, token, stream, stop.Token);

            if (sent)
            {
                due = time.GetTimestamp();
                continue;
            }

            if (time.GetElapsedTime(due) >= TimeSpan.Zero)
            {
                await stream.WriteAsync(Checkpoint(slug, token), token.Encode(), stop.Token);
                due = time.GetTimestamp() + (long)(Heartbeat.TotalSeconds * time.TimestampFrequency);
            }

            await WaitAsync(committed, -time.GetElapsedTime(due), stop.Token);
        }
    }

    private async Task<ResumeToken> StartAsync(WatchChangesRequest request, string slug, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (slug != ResourceName.Any)
            await db.PlanIdAsync(slug, cancellationToken);

        var log = await db.ChangeLogIdentities.Select(i => i.Id).SingleAsync(cancellationToken);
        if (request.ResumeToken.Length == 0)
            return new ResumeToken(log, request.Parent, []);

        var token = ResumeToken.Decode(request.ResumeToken, log, request.Parent);
        var heads = await db.Plans.ToDictionaryAsync(p => p.Id, p => p.HeadRevision, cancellationToken);
        // A log that was put back to an earlier day does not have what the reader has seen.
        return token.Positions.All(p => heads.TryGetValue(p.Key, out var head) && p.Value <= head) ? token : throw ResumeToken.Expired();
    }

    private async Task<List<WatchedPlan>> PlansAsync(string slug, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Plans
            .Where(p => slug == ResourceName.Any || p.Slug == slug)
            .OrderBy(p => p.Id)
            .Select(p => new WatchedPlan(p.Id, p.Slug, p.HeadRevision))
            .ToListAsync(cancellationToken);
    }

    // True where there was something to send.
    private async Task<bool> SendAsync(
        WatchedPlan plan, ResumeToken token, PatientWriter<WatchChangesResponse> stream, CancellationToken cancellationToken)
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

    private static WatchChangesResponse Checkpoint(string slug, ResumeToken token) => new()
    {
        Kind = WatchChangesResponse.Types.Kind.Checkpoint,
        Plan = slug == ResourceName.Any ? "" : ResourceName.Plan.Of(slug),
        Revision = slug == ResourceName.Any ? 0 : token.Positions.Values.Single(),
        Consistent = true,
        ResumeToken = token.Encode(),
    };

    private async Task WaitAsync(Task committed, TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            await committed.WaitAsync(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing happened: the next round sends the checkpoint that says so.
        }
    }

    private sealed record WatchedPlan(int Id, string Slug, long HeadRevision);
}
