using System.Text.RegularExpressions;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using Xunit;

namespace PlanServices.Partners.Tests.Data;

public partial class ReferenceDataTests
{
    // Names that the county's papers use for two bodies.
    private static readonly string[] Shared = ["CCC", "City Council"];

    private static readonly IReadOnlyList<Partner> Partners = ReferenceData.Read();

    [Fact]
    public void Entries_All_AreWellFormed() => Assert.All(Partners, p =>
    {
        var id = Assert.Single(ResourceName.Partner.Parse(p.Name, "name"));
        Assert.Equal(id, ResourceName.CheckId(id, "name"));
        Assert.InRange(p.DisplayName.Length, 1, PartnerEntity.MaximumName);
        Assert.True(Enum.IsDefined(p.Kind) && p.Kind is not Partner.Types.Kind.Unspecified, $"{p.Name} has no kind.");
        Assert.EndsWith(".", p.Description, StringComparison.Ordinal);
        Assert.InRange(p.Description.Length, 10, 200);
        Assert.True(p.WebUri.Length == 0 || Uri.TryCreate(p.WebUri, UriKind.Absolute, out var uri) && uri.Scheme == "https");
        Assert.Empty(p.Etag);
        Assert.DoesNotContain(p.Aliases, string.IsNullOrWhiteSpace);
        Assert.Equal(p.Aliases.Distinct(), p.Aliases);
        Assert.DoesNotContain(p.DisplayName, p.Aliases);
        Assert.DoesNotContain(p.ShortName, p.Aliases);
    });

    [Fact]
    public void Names_All_AreUnique() => Assert.Equal(Partners.Count, Partners.Select(p => p.Name).Distinct().Count());

    [Fact]
    public void Kinds_All_Occur() => Assert.Equal(5, Partners.Select(p => p.Kind).Distinct().Count());

    [Fact]
    public void Identifiers_All_HaveTheirSchemesFormAndOneBody()
    {
        var identifiers = Partners.SelectMany(p => p.Identifiers).ToArray();
        Assert.All(identifiers, i => Assert.Equal("GSS", i.Scheme));
        Assert.All(identifiers, i => Assert.Matches(GssCode(), i.Value));
        Assert.Equal(identifiers.Length, identifiers.Select(i => i.Value).Distinct().Count());
    }

    [Fact]
    public void EveryName_Resolved_IsItsOwnBody()
    {
        var near = new NearNames(NameIndex.Of(Partners));
        foreach (var partner in Partners)
        {
            foreach (var text in partner.Aliases.Append(partner.DisplayName).Append(partner.ShortName).Where(t => t.Length > 0))
            {
                var bodies = near.Exact(text).Select(c => c.Partner.Name).ToArray();
                if (Shared.Contains(text))
                    Assert.Equal((2, true), (bodies.Length, bodies.Contains(partner.Name)));
                else
                    Assert.True(bodies is [var only] && only == partner.Name, $"\"{text}\" of {partner.Name} means {string.Join(", ", bodies)}.");
            }
        }
    }

    // England, a register of two digits, six digits.
    [GeneratedRegex("^E(06|07|10|23|31|47)[0-9]{6}\\z")]
    private static partial Regex GssCode();
}
