using PlanServices.Actions.V1;
using PlanServices.Partners.V1;

namespace PlanServices.Dashboard.Reading;

/// <summary>The bodies of the directory.</summary>
internal sealed class Bodies(PartnerService.PartnerServiceClient partners, Calls calls)
{
    /// <summary>All of them, by what they are called.</summary>
    public async Task<List<Partner>> AllAsync(CancellationToken cancellationToken)
    {
        var all = await Calls.AllAsync<Partner>(async token =>
        {
            var page = await partners.ListPartnersAsync(
                new ListPartnersRequest { PageSize = Calls.PageSize, PageToken = token }, calls.Options(cancellationToken));
            return (page.Partners, page.NextPageToken);
        });
        return [.. all.OrderBy(p => p.DisplayName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>What each is called, by its resource name.</summary>
    public async Task<Dictionary<string, string>> NamesAsync(CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).ToDictionary(p => p.Name, p => p.DisplayName);

    /// <summary>
    /// What those are called that took the place of leads. None where no lead was replaced, and where the directory does not answer: then
    /// their ids stand for them.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> SuccessorsAsync(IEnumerable<PlanAction> actions, CancellationToken cancellationToken) =>
        actions.Any(a => a.DeliveryLeads.Any(l => l.Successors.Count > 0))
            ? (await Part.ReadAsync(() => NamesAsync(cancellationToken), cancellationToken)).Value ?? []
            : new Dictionary<string, string>();
}
