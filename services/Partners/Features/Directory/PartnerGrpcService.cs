using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;

namespace PlanServices.Partners.Features.Directory;

/// <summary>The directory over gRPC.</summary>
internal sealed class PartnerGrpcService(PartnerDirectory directory) : PartnerService.PartnerServiceBase
{
    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<Partner> GetPartner(GetPartnerRequest request, ServerCallContext context)
    {
        ResourceName.Partner.Parse(request.Name, "name");
        var snapshot = await directory.GetAsync(context.CancellationToken);
        return snapshot.Find(request.Name) ?? throw ApiErrors.NotFound(request.Name);
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ListPartnersResponse> ListPartners(ListPartnersRequest request, ServerCallContext context)
    {
        if (!Enum.IsDefined(request.Kind))
            throw ApiErrors.InvalidField("kind", $"{(int)request.Kind} is no kind of partner.");

        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPartners), request.Kind.ToString());
        var snapshot = await directory.GetAsync(context.CancellationToken);
        var (partners, next) = page.Cut(
            [.. snapshot.Partners
                .Where(p => request.Kind is Partner.Types.Kind.Unspecified || p.Kind == request.Kind)
                .SkipWhile(p => string.CompareOrdinal(p.Name, page.After) <= 0)
                .Take(page.Size + 1)],
            p => p.Name);
        return new ListPartnersResponse { Partners = { partners }, NextPageToken = next };
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ResolveLeadsResponse> ResolveLeads(ResolveLeadsRequest request, ServerCallContext context)
    {
        LeadRequest.Check(request);
        var snapshot = await directory.GetAsync(context.CancellationToken);
        var resolver = new LeadResolver(snapshot.Names);
        var response = new ResolveLeadsResponse();
        foreach (var text in request.Texts)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            response.Resolutions.Add(LeadMapping.ToMessage(text, resolver.ResolveCell(text)));
        }

        return response;
    }
}
