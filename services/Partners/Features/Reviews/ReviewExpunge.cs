using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Changes;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;
using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Partners.Features.Reviews;

/// <summary>
/// Removes a text from the review list, from what the change log has of it, and from the answers that are kept for requests sent again.
/// Then the database file is written anew. The directory's bodies and officers are left alone: nobody typed those by mistake.
/// </summary>
internal sealed class ReviewExpunge(DirectoryWriter directory, IDbContextFactory<PartnersContext> contexts, TimeProvider time)
{
    public async Task<ExpungeLeadsResponse> ExpungeAsync(ExpungeLeadsRequest request, string caller, CancellationToken cancellationToken)
    {
        var removal = TextRemoval.Of(request.Text);
        var reason = removal.CheckReason(request.Reason);
        var key = LeadKey.Of(request.Text);
        var answer = await directory.WriteAsync(
            new WriteCall(request, request.RequestId, request.ValidateOnly, caller),
            (db, edit, token) => ExpungeAsync(db, edit, Has, reason, token),
            cancellationToken);
        // Found or not: an attempt that ended before this left nothing to find, and free pages that may have it.
        if (!request.ValidateOnly)
            await contexts.CompactAsync(time, cancellationToken);

        return answer;

        // Texts with one key are one entry, under that which came first.
        bool Has(string text) => removal.Contains(text) || LeadKey.Of(text) == key;
    }

    private static async Task<ExpungeLeadsResponse> ExpungeAsync(
        PartnersContext db, DirectoryEdit edit, Func<string, bool> has, string reason, CancellationToken cancellationToken)
    {
        var reviews = (await db.LeadReviews.AsNoTracking().ToListAsync(cancellationToken)).FindAll(r => has(r.Text));
        db.RemoveRange(reviews);
        var rewritten = await RemoveFromLogAsync(db, has, cancellationToken);
        await RemoveFromAnswersAsync(db, has, cancellationToken);
        if (reviews.Count + rewritten > 0)
            edit.Expunged(new Expunged { LeadReviews = reviews.Count, Reason = reason });
        return new ExpungeLeadsResponse { LeadReviews = reviews.Count };
    }

    private static async Task<int> RemoveFromLogAsync(PartnersContext db, Func<string, bool> has, CancellationToken cancellationToken)
    {
        List<ChangeEntity> rewritten = [];
        var entries = db.Changes.AsNoTracking().Where(c => c.Resource.StartsWith(DirectoryEdit.Reviews)).AsAsyncEnumerable();
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            var change = DirectoryChange.Parser.ParseFrom(entry.Change);
            if (!has(change.LeadReview.Text))
                continue;

            change.LeadReview.Text = TextRemoval.Mark;
            entry.Resource = DirectoryEdit.ResourceOf(change.LeadReview.Area, LeadKey.Of(TextRemoval.Mark));
            entry.Change = change.ToByteArray();
            rewritten.Add(entry);
        }

        foreach (var entry in rewritten)
            await db.Rows<ChangeEntity>().UpdateAsync(db, entry, null, cancellationToken);
        return rewritten.Count;
    }

    private static async Task RemoveFromAnswersAsync(PartnersContext db, Func<string, bool> has, CancellationToken cancellationToken)
    {
        var answers = db.Set<StoredRequest>().Where(r => r.ResponseType == LeadReview.Descriptor.FullName);
        foreach (var stored in await answers.AsNoTracking().ToListAsync(cancellationToken))
        {
            var review = LeadReview.Parser.ParseFrom(stored.Response);
            if (!has(review.Text))
                continue;

            review.Text = TextRemoval.Mark;
            var without = review.ToByteArray();
            await db.Set<StoredRequest>().Where(r => r.Id == stored.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Response, without), cancellationToken);
        }
    }
}
