using PlanServices.Actions.V1;
using PlanServices.Dashboard.Reading;
using PlanServices.Partners.V1;

namespace PlanServices.Dashboard.Features.PartnerPages;

/// <summary>A body's page.</summary>
/// <param name="Partner">The body, as it was on the day.</param>
/// <param name="Leads">The leaves that it delivers, with their titles and what they report.</param>
/// <param name="Owed">Its late and missing updates.</param>
/// <param name="Relations">Its relations in force on the day.</param>
/// <param name="Officers">Its officers on the day.</param>
/// <param name="Structure">What stands below it on the day.</param>
/// <param name="Names">The names of the directory's bodies.</param>
public sealed record PartnerModel(
    Partner Partner,
    IReadOnlyList<(PlanAction Action, string Title, ProgressUpdate? Update)> Leads,
    Part<List<OwedUpdate>> Owed,
    Part<List<Relation>> Relations,
    Part<List<Officer>> Officers,
    Part<GetStructureResponse> Structure,
    IReadOnlyDictionary<string, string> Names);

/// <summary>Reads a body's page.</summary>
internal sealed class PartnerReader(PartnerService.PartnerServiceClient partners, Bodies bodies, Catalogue catalogue, Calls calls)
{
    /// <param name="place">The plan and period.</param>
    /// <param name="id">The body's id.</param>
    /// <param name="date">The day to answer for, as in <c>2028-05-04</c>; empty for today.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PartnerModel> ReadAsync(Place place, string id, string date, CancellationToken cancellationToken)
    {
        var name = $"partners/{id}";
        var partner = await partners.GetPartnerAsync(new GetPartnerRequest { Name = name, AsAtDate = date }, calls.Options(cancellationToken));
        var actions = place.Plan is null ? Task.FromResult(new List<PlanAction>()) : catalogue.ActionsAsync(place.Plan, cancellationToken);
        var updates = catalogue.UpdatesByActionAsync(place.Plan?.Name ?? "", place.Period, cancellationToken);
        var owed = Part.ReadAsync<List<OwedUpdate>>(
            () => place.Period is null ? Task.FromResult(new List<OwedUpdate>()) : catalogue.OwedAsync(place.Period.Name, name, cancellationToken),
            cancellationToken);
        var relations = Part.ReadAsync<List<Relation>>(() => RelationsAsync(name, date, cancellationToken), cancellationToken);
        var officers = Part.ReadAsync<List<Officer>>(() => OfficersAsync(name, date, cancellationToken), cancellationToken);
        var structure = Part.ReadAsync<GetStructureResponse>(
            async () => await partners.GetStructureAsync(new GetStructureRequest { Root = name, AsAtDate = date }, calls.Options(cancellationToken)),
            cancellationToken);
        var names = bodies.NamesAsync(cancellationToken);
        await Task.WhenAll(actions, updates, owed, relations, officers, structure, names);

        var byName = (await actions).ToDictionary(a => a.Name);
        var reported = await updates;
        var leads = byName.Values
            .Where(a => a.DeliveryLeads.Any(l => l.Partner == name))
            .Select(a => (a, a.Title.Length > 0 ? a.Title : byName.GetValueOrDefault(a.ParentAction)?.Title ?? "", reported.GetValueOrDefault(a.Name)))
            .ToArray();
        return new PartnerModel(partner, leads, await owed, await relations, await officers, await structure, await names);
    }

    private Task<List<Relation>> RelationsAsync(string partner, string date, CancellationToken cancellationToken) => Calls.AllAsync<Relation>(async token =>
    {
        var page = await partners.ListRelationsAsync(
            new ListRelationsRequest { Partner = partner, AsAtDate = date, PageSize = Calls.PageSize, PageToken = token }, calls.Options(cancellationToken));
        return (page.Relations, page.NextPageToken);
    });

    private Task<List<Officer>> OfficersAsync(string partner, string date, CancellationToken cancellationToken) => Calls.AllAsync<Officer>(async token =>
    {
        var page = await partners.ListOfficersAsync(
            new ListOfficersRequest { Parent = partner, AsAtDate = date, PageSize = Calls.PageSize, PageToken = token }, calls.Options(cancellationToken));
        return (page.Officers, page.NextPageToken);
    });
}
