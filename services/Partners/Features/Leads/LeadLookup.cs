using Grpc.Core;
using Microsoft.Extensions.Options;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Directory;
using PlanServices.Partners.Features.Reviews;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Leads;

/// <summary>Says which partners lead texts mean, by the directory as it stands, no older than the call asks for.</summary>
internal sealed class LeadLookup(PartnerDirectory directory, ReviewList reviews, IOptions<PartnersOptions> options, TimeProvider time)
{
    /// <summary>The area that a request names, or the home area.</summary>
    public string AreaOf(string area, string field)
    {
        if (area.Length == 0)
            return ResourceName.PoliceArea.Of(options.Value.HomeArea);

        ResourceName.PoliceArea.Parse(area, field);
        return ReferenceData.IsArea(area) ? area : throw ApiErrors.InvalidField(field, $"There is no {area}.");
    }

    public async Task<ResolveLeadsResponse> ResolveAsync(ResolveLeadsRequest request, ServerCallContext context)
    {
        LeadRequest.Check(request);
        var area = AreaOf(request.Area, "area");
        var today = time.Today();
        var day = Dates.Read(request.AsAtDate, "as_at_date") ?? today;
        var snapshot = await directory.GetAsync(context);
        var resolver = new LeadResolver(snapshot.Names(area), day, text => SettlementOf(snapshot, area, text));
        var response = new ResolveLeadsResponse();
        List<ResolvedText> all = [];
        foreach (var text in request.Texts)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var leads = resolver.ResolveCell(text);
            all.AddRange(leads);
            response.Resolutions.Add(LeadMapping.ToMessage(text, leads, p => snapshot.SuccessorsOf(p.Name, day)));
        }

        if (request.Collect)
            await reviews.CollectAsync(area, all, context.CancellationToken);
        return response;
    }

    private static Settlement? SettlementOf(DirectorySnapshot snapshot, string area, string text) => snapshot.Settled(area, text) is { } review
        ? new Settlement(
            review.Partner.Length == 0 ? null : snapshot.Find(review.Partner),
            $"settled by {review.Caller} on {review.UpdateTime.ToDateTime():yyyy-MM-dd}")
        : null;
}
