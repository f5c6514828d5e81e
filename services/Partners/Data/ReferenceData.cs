using Google.Protobuf;
using PlanServices.Partners.V1;

namespace PlanServices.Partners.Data;

/// <summary>The bodies that a new directory starts with, written as the contract's JSON.</summary>
internal static class ReferenceData
{
    private const string Resource = "directory/cambridgeshire.json";

    public static IReadOnlyList<Partner> Read()
    {
        using var stream = typeof(ReferenceData).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using var reader = new StreamReader(stream);
        return JsonParser.Default.Parse<ListPartnersResponse>(reader).Partners;
    }
}
