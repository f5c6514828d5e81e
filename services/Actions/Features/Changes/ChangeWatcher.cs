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
internal sealed class ChangeWatcher(IDbContextFactory<ActionsContext> contexts, WatchLoop<ActionsContext> loop, PlanSnapshot snapshot)
{
    public Task WatchAsync(
        WatchChangesRequest request, IServerStreamWriter<WatchChangesResponse> reader, CancellationToken cancellationToken) => loop.RunAsync(
            reader,
            "WatchChanges",
            request.ResumeToken,
            async stop =>
            {
                var slug = ResourceName.Plan.Parse(request.Parent, "parent")[0];
                return new PlanWatch(contexts, snapshot, slug, await StartAsync(request, slug, stop));
            },
            cancellationToken);

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
}
