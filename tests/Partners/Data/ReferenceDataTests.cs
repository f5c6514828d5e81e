using System.Text.RegularExpressions;
using PlanServices.Partners.Data;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.Features.Relations;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Names;
using Xunit;

namespace PlanServices.Partners.Tests.Data;

public partial class ReferenceDataTests
{
    // Names that the county's papers use for two bodies.
    private static readonly string[] Shared = ["CCC", "City Council"];

    private static readonly IReadOnlyList<Partner> Partners = Reference.Partners;

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
        Assert.All(identifiers, i => Assert.Matches(i.Scheme == "GSS" ? GssCode() : OdsCode(), i.Value));
        Assert.Equal(identifiers.Length, identifiers.Distinct().Count());
    }

    [Fact]
    public void EveryName_Resolved_IsItsOwnBody()
    {
        var near = new NearNames(Reference.Index);
        foreach (var partner in Reference.OwnPartners)
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

    [Fact]
    public void PoliceAreas_All_AreThe43WithTheirForces()
    {
        var areas = ReferenceData.Areas;
        Assert.Equal(43, areas.Count);
        Assert.Equal(Enumerable.Range(1, 39).Select(i => $"E230000{i:D2}").Concat(Enumerable.Range(1, 4).Select(i => $"W150000{i:D2}")),
            areas.Select(a => a.GssCode).Order(StringComparer.Ordinal));
        Assert.All(areas, a =>
        {
            Assert.Equal(a.Name, Partners.Single(p => p.Name == a.PoliceForce).Area);
            Assert.Contains(Partners.Single(p => p.Name == a.PoliceForce).Identifiers, i => i.Scheme == "GSS" && i.Value == a.GssCode);
            Assert.NotEmpty(a.Source);
            Assert.NotNull(a.AsOfDate);
        });
    }

    [Fact]
    public void PoliceAreas_Each_KnowsItsOwnForceByTheBareWord()
    {
        foreach (var area in ReferenceData.Areas)
        {
            var force = new LeadResolver(Reference.IndexOf(area.Name)).ResolveCell("Police");
            Assert.Equal(area.PoliceForce, Assert.Single(force).Found?.Partner.Name);
        }
    }

    [Fact]
    public void NamesElsewhere_OfEachForce_AreFoundFromHome()
    {
        foreach (var force in ReferenceData.Areas.Select(a => Partners.Single(p => p.Name == a.PoliceForce)))
            Assert.Equal(force.Name, Assert.Single(new LeadResolver(Reference.Index).ResolveCell(force.DisplayName)).Found?.Partner.Name);
    }

    [Fact]
    public void Partners_All_PassTheChecksOfAWrite() => Assert.All(Partners, p => PartnerFields.Check(p, ReferenceData.IsArea));

    [Fact]
    public void Relations_All_AreWellFormedAndStandTogether()
    {
        var names = Partners.Select(p => p.Name).ToHashSet();
        List<RelationEntity> stored = [];
        foreach (var relation in ReferenceData.Relations())
        {
            var id = ResourceName.CheckId(ResourceName.Relation.Parse(relation.Name, "name")[0], "name");
            Assert.Contains(relation.Partner, names);
            Assert.Contains(relation.Other, names);
            Assert.InRange(relation.Source.Length, 5, RelationEntity.MaximumSource);
            var entity = relation.ToEntity(id, default);
            Assert.DoesNotContain(stored, r => r.RelationId == id);
            Assert.Null(RelationRules.Duplicate(entity, stored));
            Assert.Null(RelationRules.Cycle(entity, stored));
            Assert.True(entity.Days.First is null || entity.Days.Last is null || entity.Days.First <= entity.Days.Last);
            stored.Add(entity);
        }
    }

    // A country, a register of two digits, six digits.
    [GeneratedRegex("^(E(06|07|10|23|31|47)|W15)[0-9]{6}\\z")]
    private static partial Regex GssCode();

    [GeneratedRegex("^[A-Z0-9]{3}\\z")]
    private static partial Regex OdsCode();
}
