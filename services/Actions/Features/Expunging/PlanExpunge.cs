using Google.Protobuf;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Expunging;

/// <summary>
/// Removes a text from all that a plan holds: what stands now, the change log and so the history, and the answers that are kept for
/// requests sent again. Then the database file is written anew, so that no free page keeps it either, and the directory is asked to forget
/// it. The one exception to the rule that nothing edits history; the fact of the removal stays.
/// </summary>
internal sealed class PlanExpunge(PlanWriter plans, LeadsExpunge leads, IDbContextFactory<ActionsContext> contexts, TimeProvider time)
{
    private const int MostListed = 1000;
    private const int MostExcerpts = 20;

    public async Task<ExpungeResponse> ExpungeAsync(ExpungeRequest request, ServerCallContext context)
    {
        var cancellationToken = context.CancellationToken;
        var plan = ResourceName.Plan.Parse(request.Name, "name")[0];
        var reason = TextRemoval.Of(request.Text).CheckReason(request.Reason);
        var call = plans.Call(request, request.RequestId, request.ValidateOnly, Caller.Of(context));
        call = call with { Origin = call.Origin with { Source = new ChangeSource { Kind = ChangeSource.Types.Kind.Expunge } } };
        var answer = await plans.WriteAsync(call, plan, (db, edit, token) => ExpungeAsync(db, edit, request, reason, token), cancellationToken, deletedToo: true);
        // Found or not: an attempt that ended before this left nothing to find, and free pages that may have it.
        if (!request.ValidateOnly)
            await contexts.CompactAsync(time, cancellationToken);

        // Last: whoever stored a lead had the directory collect it before.
        answer.LeadReviews = await leads.ExpungeAsync(request, context);
        return answer;
    }

    private static async Task<ExpungeResponse> ExpungeAsync(
        ActionsContext db, PlanEdit edit, ExpungeRequest request, string reason, CancellationToken cancellationToken)
    {
        var (current, history) = (new TextRemoval(request.Text), new TextRemoval(request.Text));
        var found = await CurrentText.RemoveAsync(db, edit, current, reason, cancellationToken);
        found.UnionWith(await RemoveFromLogAsync(db, edit.Plan.Id, history, cancellationToken));
        await RemoveFromAnswersAsync(db, new TextRemoval(request.Text), cancellationToken);
        if (current.Occurrences + history.Occurrences > 0)
        {
            edit.Expunged(new Expunged { CurrentOccurrences = current.Occurrences, HistoryOccurrences = history.Occurrences }, reason);
        }

        return new ExpungeResponse
        {
            CurrentOccurrences = current.Occurrences,
            HistoryOccurrences = history.Occurrences,
            Resources = { found.Order(StringComparer.Ordinal).Take(MostListed).Select(r => Resources.NameOf(edit.Plan.Slug, r)) },
            Revision = edit.Head,
            // Of what is removed nothing is said again.
            Excerpts = { request.ValidateOnly ? current.Excerpts.Union(history.Excerpts).Take(MostExcerpts) : [] },
        };
    }

    private static async Task<HashSet<string>> RemoveFromLogAsync(
        ActionsContext db, int planId, TextRemoval removal, CancellationToken cancellationToken)
    {
        HashSet<string> found = [];
        var entries = db.Changes.AsNoTracking().Where(c => c.PlanId == planId).AsAsyncEnumerable();
        List<ChangeEntity> rewritten = [];
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            var change = Change.Parser.ParseFrom(entry.Change);
            if (!removal.From(change))
                continue;

            entry.Change = change.ToByteArray();
            rewritten.Add(entry);
            found.Add(entry.Resource);
        }

        foreach (var entry in rewritten)
            await db.Rows<ChangeEntity>().UpdateAsync(db, entry, null, cancellationToken);

        return found;
    }

    // Answers of other plans may have it as well; they are only kept so that a request can be sent again, and lose the text alike.
    private static async Task RemoveFromAnswersAsync(ActionsContext db, TextRemoval removal, CancellationToken cancellationToken)
    {
        await foreach (var stored in db.Requests.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (StoredAnswers.Without(stored, removal) is { } without)
                await db.Requests.Where(r => r.Id == stored.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Response, without), cancellationToken);
        }
    }
}
