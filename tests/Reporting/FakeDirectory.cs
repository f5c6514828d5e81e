using Grpc.Core;
using PlanServices.Partners.V1;

namespace PlanServices.Reporting.Tests;

/// <summary>A partner directory with one entry, on a page of its own behind an empty one.</summary>
public sealed class FakeDirectory : PartnerService.PartnerServiceBase
{
    public override Task<ListPartnersResponse> ListPartners(ListPartnersRequest request, ServerCallContext context) =>
        Task.FromResult(request.PageToken.Length == 0
            ? new ListPartnersResponse { NextPageToken = "second" }
            : new ListPartnersResponse { Partners = { new Partner { Name = "partners/police", DisplayName = "County Constabulary" } } });
}
