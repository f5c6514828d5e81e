using Grpc.Core;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Names;
using PlanServices.ServiceDefaults.Paging;
using PlanServices.ServiceDefaults.Requests;

namespace PlanServices.Partners.Features.Directory;

/// <summary>Answers what the directory holds, from memory.</summary>
internal sealed class DirectoryReads(PartnerDirectory directory, TimeProvider time)
{
    public async Task<Partner> GetPartnerAsync(GetPartnerRequest request, ServerCallContext context)
    {
        ResourceName.Partner.Parse(request.Name, "name");
        var day = Dates.Read(request.AsAtDate, "as_at_date") ?? time.Today();
        var snapshot = await directory.GetAsync(context);
        var partner = snapshot.Find(request.Name) ?? throw ApiErrors.NotFound(request.Name);
        return On(partner, request.AsAtDate, day, snapshot);
    }

    public async Task<ListPartnersResponse> ListPartnersAsync(ListPartnersRequest request, ServerCallContext context)
    {
        if (!Enum.IsDefined(request.Kind))
            throw ApiErrors.InvalidField("kind", $"{(int)request.Kind} is no kind of partner.");
        CheckArea(request.Area);

        var asAt = Dates.Read(request.AsAtDate, "as_at_date");
        var page = Page.Of(
            request.PageSize, request.PageToken, nameof(ListPartnersAsync), request.Kind.ToString(), request.AsAtDate, request.Area);
        var snapshot = await directory.GetAsync(context);
        var partners = snapshot.Partners
            .Where(p => request.Kind is Partner.Types.Kind.Unspecified || p.Kind == request.Kind)
            .Where(p => request.Area.Length == 0 || p.Area.Length == 0 || p.Area == request.Area)
            .Where(p => asAt is not { } day || p.Existed(day))
            .SkipWhile(p => string.CompareOrdinal(p.Name, page.After) <= 0)
            .Take(page.Size + 1)
            .Select(p => On(p, request.AsAtDate, asAt ?? time.Today(), snapshot));
        var (entries, next) = page.Cut([.. partners], p => p.Name, p => p.CalculateSize());
        return new ListPartnersResponse { Partners = { entries }, NextPageToken = next };
    }

    public async Task<Officer> GetOfficerAsync(GetOfficerRequest request, ServerCallContext context)
    {
        ResourceName.Officer.Parse(request.Name, "name");
        var snapshot = await directory.GetAsync(context);
        return snapshot.Officers.FirstOrDefault(o => o.Name == request.Name) ?? throw ApiErrors.NotFound(request.Name);
    }

    public async Task<ListOfficersResponse> ListOfficersAsync(ListOfficersRequest request, ServerCallContext context)
    {
        var partner = ResourceName.Partner.Parse(request.Parent, "parent")[0];
        var asAt = Dates.Read(request.AsAtDate, "as_at_date");
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListOfficersAsync), request.Parent, request.AsAtDate);
        var snapshot = await directory.GetAsync(context);
        if (partner != ResourceName.Any && snapshot.Find(request.Parent) is null)
            throw ApiErrors.NotFound(request.Parent);

        var (officers, next) = page.Cut(
            [.. snapshot.Officers
                .Where(o => partner == ResourceName.Any || o.Name.StartsWith($"{request.Parent}/", StringComparison.Ordinal))
                .Where(o => asAt is not { } day || Dates.Span(o.StartDate, o.EndDate).Has(day))
                .SkipWhile(o => string.CompareOrdinal(o.Name, page.After) <= 0)
                .Take(page.Size + 1)],
            o => o.Name);
        return new ListOfficersResponse { Officers = { officers }, NextPageToken = next };
    }

    public async Task<ListRelationsResponse> ListRelationsAsync(ListRelationsRequest request, ServerCallContext context)
    {
        if (!Enum.IsDefined(request.Kind))
            throw ApiErrors.InvalidField("kind", $"{(int)request.Kind} is no kind of relation.");
        if (request.Partner.Length > 0)
            ResourceName.Partner.Parse(request.Partner, "partner");

        var asAt = Dates.Read(request.AsAtDate, "as_at_date");
        var page = Page.Of(
            request.PageSize, request.PageToken, nameof(ListRelationsAsync), request.Partner, request.Kind.ToString(), request.AsAtDate);
        var snapshot = await directory.GetAsync(context);
        if (request.Partner.Length > 0 && snapshot.Find(request.Partner) is null)
            throw ApiErrors.NotFound(request.Partner);

        var (relations, next) = page.Cut(
            [.. snapshot.Relations
                .Where(r => request.Partner.Length == 0 || r.Partner == request.Partner || r.Other == request.Partner)
                .Where(r => request.Kind is Relation.Types.Kind.Unspecified || r.Kind == request.Kind)
                .Where(r => asAt is not { } day || Dates.Span(r.StartDate, r.EndDate).Has(day))
                .SkipWhile(r => string.CompareOrdinal(r.Name, page.After) <= 0)
                .Take(page.Size + 1)],
            r => r.Name,
            r => r.CalculateSize());
        return new ListRelationsResponse { Relations = { relations }, NextPageToken = next };
    }

    public async Task<GetStructureResponse> GetStructureAsync(GetStructureRequest request, ServerCallContext context)
    {
        if (request.Root.Length > 0)
            ResourceName.Partner.Parse(request.Root, "root");
        CheckArea(request.Area);

        var day = Dates.Read(request.AsAtDate, "as_at_date") ?? time.Today();
        var snapshot = await directory.GetAsync(context);
        return new GetStructureResponse { Nodes = { new GovernanceStructure(snapshot, day).Nodes(request.Root, request.Area) }, Revision = snapshot.Revision };
    }

    public static ListPoliceAreasResponse ListPoliceAreas(ListPoliceAreasRequest request)
    {
        var page = Page.Of(request.PageSize, request.PageToken, nameof(ListPoliceAreas));
        var (areas, next) = page.Cut(
            [.. ReferenceData.Areas.SkipWhile(a => string.CompareOrdinal(a.Name, page.After) <= 0).Take(page.Size + 1)], a => a.Name);
        return new ListPoliceAreasResponse { PoliceAreas = { areas }, NextPageToken = next };
    }

    private static void CheckArea(string area)
    {
        if (area.Length > 0 && !ReferenceData.IsArea(area))
            throw ApiErrors.InvalidField("area", $"There is no {area}.");
    }

    // Without a day it is the entry as it stands, by its present name, with the successors of today.
    private static Partner On(Partner partner, string asAt, DateOnly day, DirectorySnapshot snapshot)
    {
        var successors = snapshot.SuccessorsOf(partner.Name, day);
        if (asAt.Length > 0)
            return partner.On(day, successors);
        if (successors.Count == 0)
            return partner;

        var copy = partner.Clone();
        copy.Successors.AddRange(successors);
        return copy;
    }
}
