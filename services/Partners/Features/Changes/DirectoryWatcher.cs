using System.Diagnostics;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Directory;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Changes;
using PlanServices.ServiceDefaults.Telemetry;

namespace PlanServices.Partners.Features.Changes;

/// <summary>Streams the directory: a snapshot for a reader that knows nothing yet, then what its change log says.</summary>
internal sealed class DirectoryWatcher(
    IDbContextFactory<PartnersContext> contexts, PartnerDirectory directory, WatchLoop<PartnersContext> loop)
{
    // The directory has one change log.
    private const int Log = 0;
    private const string Watched = "partners";

    public Task WatchAsync(
        WatchPartnersRequest request, IServerStreamWriter<WatchPartnersResponse> reader, CancellationToken cancellationToken) => loop.RunAsync(
            reader,
            "WatchPartners",
            request.ResumeToken,
            async stop => new Watch(contexts, directory, await StartAsync(request.ResumeToken, stop)),
            cancellationToken);

    private async Task<ResumeToken> StartAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var log = await db.ChangeLogIdentities.Select(i => i.Id).SingleAsync(cancellationToken);
        if (token.Length == 0)
            return new ResumeToken(log, Watched, []);

        var start = ResumeToken.Decode(token, log, Watched);
        var head = await db.DirectoryStates.Select(s => s.Revision).SingleAsync(cancellationToken);
        // A log that was put back to an earlier day does not have what the reader has seen.
        return start.Positions.GetValueOrDefault(Log, long.MaxValue) <= head ? start : throw ResumeToken.Expired();
    }

    private sealed class Watch(IDbContextFactory<PartnersContext> contexts, PartnerDirectory directory, ResumeToken token)
        : IWatch<WatchPartnersResponse>
    {
        public async Task<bool> SendAsync(PatientWriter<WatchPartnersResponse> stream, WatchLag lag, CancellationToken cancellationToken)
        {
            if (!token.Positions.TryGetValue(Log, out var position))
            {
                await SendSnapshotAsync(await directory.GetAsync(cancellationToken), stream, cancellationToken);
                return true;
            }

            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var head = await db.DirectoryStates.Select(s => s.Revision).SingleAsync(cancellationToken);
            lag.Behind(head - position);
            if (position >= head)
                return false;

            for (var ordinal = -1; position < head;)
                (position, ordinal) = await SendChangesAsync(db, (position, ordinal), head, stream, cancellationToken);

            return true;
        }

        public (WatchPartnersResponse Message, string ResumeToken) Checkpoint()
        {
            var message = new WatchPartnersResponse
            {
                Kind = WatchPartnersResponse.Types.Kind.Checkpoint,
                Revision = token.Positions[Log],
                Consistent = true,
                ResumeToken = token.Encode(),
            };
            return (message, message.ResumeToken);
        }

        private async Task SendSnapshotAsync(
            DirectorySnapshot snapshot, PatientWriter<WatchPartnersResponse> stream, CancellationToken cancellationToken)
        {
            var part = NewPart(snapshot.Revision);
            part.Reset = true;
            var size = new MessageSize();
            foreach (var change in snapshot.Entries())
            {
                if (!size.Takes(change.CalculateSize()))
                {
                    await stream.WriteAsync(part, "", cancellationToken);
                    part = NewPart(snapshot.Revision);
                }

                part.Changes.Add(change);
            }

            await SendWholeAsync(part, stream, cancellationToken);
        }

        // Behind a revision that was sent whole (ordinal -1), or behind an entry of the revision after it.
        private async Task<(long Position, int Ordinal)> SendChangesAsync(
            PartnersContext db,
            (long Position, int Ordinal) from,
            long head,
            PatientWriter<WatchPartnersResponse> stream,
            CancellationToken cancellationToken)
        {
            var entries = await db.Changes.AsNoTracking()
                .Where(c => (c.Revision > from.Position + 1 || (c.Revision == from.Position + 1 && c.Ordinal > from.Ordinal)) && c.Revision <= head)
                .OrderBy(c => c.Revision)
                .ThenBy(c => c.Ordinal)
                .Take(MessageSize.MostChanges + 1)
                .ToListAsync(cancellationToken);
            if (entries.Count == 0)
                throw new UnreachableException($"The change log has nothing behind revision {from.Position}.");

            var size = new MessageSize();
            var sent = entries.TakeWhile(e => size.Takes(e.Change.Length)).ToList();
            var last = sent[^1];
            var message = new WatchPartnersResponse { Kind = WatchPartnersResponse.Types.Kind.Changes, Revision = last.Revision };
            message.Changes.AddRange(sent.Select(e => DirectoryChange.Parser.ParseFrom(e.Change)));
            if (sent.Count < entries.Count && entries[sent.Count].Revision == last.Revision)
            {
                await stream.WriteAsync(message, "", cancellationToken);
                return (last.Revision - 1, last.Ordinal);
            }

            await SendWholeAsync(message, stream, cancellationToken);
            return (last.Revision, -1);
        }

        private Task SendWholeAsync(
            WatchPartnersResponse message, PatientWriter<WatchPartnersResponse> stream, CancellationToken cancellationToken)
        {
            token.Positions[Log] = message.Revision;
            message.Consistent = true;
            message.ResumeToken = token.Encode();
            return stream.WriteAsync(message, message.ResumeToken, cancellationToken);
        }

        private static WatchPartnersResponse NewPart(long revision) =>
            new() { Kind = WatchPartnersResponse.Types.Kind.Snapshot, Revision = revision };
    }
}
