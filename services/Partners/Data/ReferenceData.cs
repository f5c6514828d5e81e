using Google.Protobuf;
using PlanServices.Partners.V1;

namespace PlanServices.Partners.Data;

/// <summary>
/// What a directory begins with and is kept up with by releases: the police force areas, their forces and governance bodies, and the
/// bodies and relations of the county's papers, written as the contract's JSON.
/// </summary>
internal static class ReferenceData
{
    /// <summary>The 43 police force areas of England and Wales, by name.</summary>
    public static IReadOnlyList<PoliceArea> Areas { get; } =
        [.. Read<ListPoliceAreasResponse>("police-areas").PoliceAreas.OrderBy(a => a.Name, StringComparer.Ordinal)];

    private static readonly HashSet<string> AreaNames = [.. Areas.Select(a => a.Name)];

    public static bool IsArea(string name) => AreaNames.Contains(name);

    public static IReadOnlyList<Partner> Partners() =>
        [.. Read<ListPartnersResponse>("cambridgeshire").Partners, .. Read<ListPartnersResponse>("police").Partners];

    public static IReadOnlyList<Relation> Relations() =>
        [.. Read<ListRelationsResponse>("cambridgeshire-relations").Relations, .. Read<ListRelationsResponse>("police-relations").Relations];

    private static T Read<T>(string file)
        where T : IMessage, new()
    {
        var resource = $"directory/{file}.json";
        using var stream = typeof(ReferenceData).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        using var reader = new StreamReader(stream);
        return JsonParser.Default.Parse<T>(reader);
    }
}
