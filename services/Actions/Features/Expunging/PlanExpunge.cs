using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Actions.Data;
using PlanServices.Actions.Features.Changes;
using PlanServices.Actions.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;

namespace PlanServices.Actions.Features.Expunging;

/// <summary>
/// Removes a text from all that a plan holds: what stands now, the change log and so the history, and the answers that are kept for
/// requests sent again. Then the database file is written anew, so that no free page keeps it either. The one exception to the rule
/// that nothing edits history; the fact of the removal stays.
/// </summary>
internal sealed class PlanExpunge(PlanWriter plans, IDbContextFactory<ActionsContext> contexts, TimeProvider time)
{
    private const int MostListed = 1000;

    public async Task<ExpungeResponse> ExpungeAsync(ExpungeRequest request, string caller, CancellationToken cancellationToken)
    {
        var plan = ResourceName.Plan.Parse(request.Name, "name")[0];
        if (request.Text.Trim().Length is < 3 or > 1000)
            throw ApiErrors.InvalidField("text", "It is required, 3 to 1,000 characters.");

        var reason = Reasons.Check(request.Reason);
        if (new TextRemoval(request.Text).Contains(reason))
            throw ApiErrors.InvalidField("reason", "It has the text itself, and would stay in the log.");

        var call = plans.Call(request, request.RequestId, request.ValidateOnly, caller);
        call = call with { Origin = call.Origin with { Source = new ChangeSource { Kind = ChangeSource.Types.Kind.Expunge } } };
        var answer = await plans.WriteAsync(call, plan, (db, edit, token) => ExpungeAsync(db, edit, request.Text, reason, token), cancellationToken);
        if (!request.ValidateOnly && answer.CurrentOccurrences + answer.HistoryOccurrences > 0)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.CompactAsync(time, cancellationToken);
        }

        return answer;
    }

    private static async Task<ExpungeResponse> ExpungeAsync(
        ActionsContext db, PlanEdit edit, string text, string reason, CancellationToken cancellationToken)
    {
        var (current, history) = (new TextRemoval(text), new TextRemoval(text));
        var found = await CurrentText.RemoveAsync(db, edit, current, reason, cancellationToken);
        found.UnionWith(await RemoveFromLogAsync(db, edit.Plan.Id, history, cancellationToken));
        await RemoveFromAnswersAsync(db, new TextRemoval(text), cancellationToken);
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
