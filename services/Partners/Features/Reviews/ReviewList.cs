using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Changes;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.ServiceDefaults.Requests;
using PlanServices.ServiceDefaults.Storage;
using State = PlanServices.Partners.V1.LeadReview.Types.State;

namespace PlanServices.Partners.Features.Reviews;

/// <summary>The texts that the directory could not match by itself, and what officers said of them.</summary>
internal sealed class ReviewList(
    IDbContextFactory<PartnersContext> contexts, SingleWriter<PartnersContext> writer, DirectoryWriter directory, TimeProvider time)
{
    /// <summary>
    /// Puts the leads of an area's plans on the list for which no partner was found and of which nobody has said anything, each once. It
    /// is no change of the directory, and takes no revision.
    /// </summary>
    public async Task CollectAsync(string area, IEnumerable<ResolvedText> leads, CancellationToken cancellationToken)
    {
        var unmatched = leads
            .Where(l => l is { Found: null, IsSettled: false } && l.Text.Length <= LeadReviewEntity.MaximumText)
            .Select(l => (Key: LeadKey.Of(l.Text), Lead: l))
            .Where(l => l.Key.Length > 0)
            .DistinctBy(l => l.Key)
            .ToArray();
        if (unmatched.Length == 0)
            return;

        var id = ResourceName.PoliceArea.TryParse(area)![0];
        var now = time.GetUtcNow().UtcDateTime;
        await writer.WriteAsync(
            async (db, token) =>
            {
                var keys = unmatched.Select(l => l.Key).ToArray();
                var known = await db.LeadReviews.Where(r => r.Area == id && keys.Contains(r.Key)).ToDictionaryAsync(r => r.Key, token);
                foreach (var (key, lead) in unmatched)
                {
                    if (!known.TryGetValue(key, out var review))
                        db.Add(review = new LeadReviewEntity { Area = id, Key = key, Text = lead.Text, State = State.Open, CreateTime = now });
                    else if (review.State != State.Open)
                        continue;

                    review.Count++;
                    review.UpdateTime = now;
                    review.Candidates = [.. lead.Candidates.Select(c => ResourceName.Partner.TryParse(c.Partner.Name)![0])];
                }

                await db.SaveChangesAsync(token);
                return new Written<int>(unmatched.Length);
            },
            cancellationToken);
    }

    public async Task<ListUnmatchedLeadsResponse> ListAsync(ListUnmatchedLeadsRequest request, CancellationToken cancellationToken)
    {
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListUnmatchedLeadsRequest), $"{request.ShowSettled}");
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var reviews = db.LeadReviews.AsNoTracking().Where(r => request.ShowSettled || r.State == State.Open);
        if (page.After.Length > 0)
        {
            var after = page.After.Split(' ');
            var (count, id) = (int.Parse(after[0], CultureInfo.InvariantCulture), int.Parse(after[1], CultureInfo.InvariantCulture));
            reviews = reviews.Where(r => r.Count < count || (r.Count == count && r.Id > id));
        }

        var read = await reviews.OrderByDescending(r => r.Count).ThenBy(r => r.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var (sent, next) = page.Cut(read, r => string.Create(CultureInfo.InvariantCulture, $"{r.Count} {r.Id}"));
        return new ListUnmatchedLeadsResponse { LeadReviews = { sent.Select(r => r.ToMessage()) }, NextPageToken = next };
    }

    /// <param name="request">The request.</param>
    /// <param name="area">The area it is for, checked.</param>
    /// <param name="caller">Who says it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<LeadReview> SettleAsync(SettleLeadRequest request, string area, string caller, CancellationToken cancellationToken)
    {
        var key = LeadKey.Of(request.Text);
        if (key.Length == 0 || request.Text.Length > LeadReviewEntity.MaximumText)
            throw ApiErrors.InvalidField("text", $"It is required: letters or digits, at most {LeadReviewEntity.MaximumText:N0} characters.");

        var partner = request.Partner.Length == 0 ? "" : ResourceName.Partner.Parse(request.Partner, "partner")[0];
        var areaId = ResourceName.PoliceArea.TryParse(area)![0];
        return directory.WriteAsync(new WriteCall(request, request.RequestId, request.ValidateOnly, caller), async (db, edit, token) =>
        {
            if (partner.Length > 0 && !await db.Partners.AnyAsync(p => p.PartnerId == partner, token))
                throw ApiErrors.InvalidField("partner", $"There is no {request.Partner}.");

            var review = await db.LeadReviews.SingleOrDefaultAsync(r => r.Area == areaId && r.Key == key, token);
            Etags.Check(request.Text, request.Etag, review?.Revision ?? 0);
            var state = partner.Length > 0 ? State.Settled : State.Dismissed;
            if (review is not null && review.State == state && review.PartnerId == partner)
                return review.ToMessage();

            if (review is null)
                db.Add(review = new LeadReviewEntity { Area = areaId, Key = key, Text = request.Text.Trim(), CreateTime = edit.Now });

            (review.State, review.PartnerId) = (state, partner);
            return edit.Changed(review);
        }, cancellationToken);
    }
}
