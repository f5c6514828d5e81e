using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.V1;

namespace PlanServices.Partners.Tests;

/// <summary>The reference data, as the tests of the resolver look at it.</summary>
internal static class Reference
{
    public const string Home = "policeAreas/cambridgeshire";

    public static IReadOnlyList<Partner> Partners { get; } = ReferenceData.Partners();

    /// <summary>The bodies of the home area and the national ones.</summary>
    public static IReadOnlyList<Partner> OwnPartners { get; } = [.. Partners.Where(p => p.Area is "" or Home)];

    /// <summary>The names as the home area's plans mean them.</summary>
    public static NameIndex Index { get; } = IndexOf(Home);

    public static NameIndex IndexOf(string area) => NameIndex.Of(Partners, HomeArea.Of(area, ReferenceData.Areas));
}
