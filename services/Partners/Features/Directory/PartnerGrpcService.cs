using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using PlanServices.Partners.Features.Changes;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.Features.Officers;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.Features.Reviews;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Errors;

namespace PlanServices.Partners.Features.Directory;

/// <summary>The directory over gRPC and JSON.</summary>
internal sealed class PartnerGrpcService(
    DirectoryReads reads,
    PartnerWrites partners,
    OfficerWrites officers,
    RelationWrites relations,
    LeadLookup leads,
    ReviewList reviews,
    ReviewExpunge expunge,
    DirectoryHistory history,
    DirectoryWatcher watcher,
    IAuthorizationService authorization)
    : PartnerService.PartnerServiceBase
{
    [Authorize(Policy = Policies.PlanRead)]
    public override Task<Partner> GetPartner(GetPartnerRequest request, ServerCallContext context) =>
        reads.GetPartnerAsync(request, context);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListPartnersResponse> ListPartners(ListPartnersRequest request, ServerCallContext context) =>
        reads.ListPartnersAsync(request, context);

    [Authorize(Policy = Policies.DirectoryWrite)]
    public override Task<Partner> CreatePartner(CreatePartnerRequest request, ServerCallContext context) =>
        partners.CreateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.DirectoryWrite)]
    public override Task<Partner> UpdatePartner(UpdatePartnerRequest request, ServerCallContext context) =>
        partners.UpdateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListDirectoryRevisionsResponse> ListDirectoryRevisions(ListDirectoryRevisionsRequest request, ServerCallContext context) =>
        history.ReadAsync(request, context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<Officer> GetOfficer(GetOfficerRequest request, ServerCallContext context) =>
        reads.GetOfficerAsync(request, context);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListOfficersResponse> ListOfficers(ListOfficersRequest request, ServerCallContext context) =>
        reads.ListOfficersAsync(request, context);

    [Authorize(Policy = Policies.DirectoryWrite)]
    public override Task<Officer> CreateOfficer(CreateOfficerRequest request, ServerCallContext context) =>
        officers.CreateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.DirectoryWrite)]
    public override Task<Officer> UpdateOfficer(UpdateOfficerRequest request, ServerCallContext context) =>
        officers.UpdateAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListRelationsResponse> ListRelations(ListRelationsRequest request, ServerCallContext context) =>
        reads.ListRelationsAsync(request, context);

    [Authorize(Policy = Policies.DirectoryWrite)]
    public override Task<Relation> AddRelation(AddRelationRequest request, ServerCallContext context) =>
        relations.AddAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.DirectoryWrite)]
    public override Task<Relation> EndRelation(EndRelationRequest request, ServerCallContext context) =>
        relations.EndAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<GetStructureResponse> GetStructure(GetStructureRequest request, ServerCallContext context) =>
        reads.GetStructureAsync(request, context);

    [Authorize(Policy = Policies.PlanRead)]
    public override async Task<ResolveLeadsResponse> ResolveLeads(ResolveLeadsRequest request, ServerCallContext context)
    {
        if (request.Collect && !(await authorization.AuthorizeAsync(context.GetHttpContext().User, Policies.PlanWrite)).Succeeded)
        {
            throw new ApiException(StatusCode.PermissionDenied, ErrorReason.PermissionDenied, $"collect: it takes the scope {Policies.PlanWrite}.")
                .With("scope", Policies.PlanWrite);
        }

        return await leads.ResolveAsync(request, context);
    }

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListUnmatchedLeadsResponse> ListUnmatchedLeads(ListUnmatchedLeadsRequest request, ServerCallContext context) =>
        reviews.ListAsync(request, context.CancellationToken);

    [Authorize(Policy = Policies.DirectoryWrite)]
    public override Task<LeadReview> SettleLead(SettleLeadRequest request, ServerCallContext context) =>
        reviews.SettleAsync(request, leads.AreaOf(request.Area, "area"), Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanAdmin)]
    public override Task<ExpungeLeadsResponse> ExpungeLeads(ExpungeLeadsRequest request, ServerCallContext context) =>
        expunge.ExpungeAsync(request, Caller.Of(context), context.CancellationToken);

    [Authorize(Policy = Policies.PlanRead)]
    public override Task<ListPoliceAreasResponse> ListPoliceAreas(ListPoliceAreasRequest request, ServerCallContext context) =>
        Task.FromResult(DirectoryReads.ListPoliceAreas(request));

    [Authorize(Policy = Policies.PlanRead)]
    public override Task WatchPartners(
        WatchPartnersRequest request, IServerStreamWriter<WatchPartnersResponse> responseStream, ServerCallContext context) =>
        watcher.WatchAsync(request, responseStream, context.CancellationToken);
}
