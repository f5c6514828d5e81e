using PlanServices.Partners.Features.Directory;
using PlanServices.Partners.Features.Partners;
using PlanServices.Partners.V1;
using PlanServices.ServiceDefaults.Errors;
using PlanServices.ServiceDefaults.Requests;
using Kind = PlanServices.Partners.V1.Relation.Types.Kind;

namespace PlanServices.Partners.Features.Relations;

/// <summary>Who stands below whom on a day.</summary>
internal sealed class GovernanceStructure(DirectorySnapshot directory, DateOnly day)
{
    // A body that stands below many others many levels deep would be there more often than anybody reads.
    private const int MostNodes = 20_000;

    private readonly ILookup<string, Relation> _below = directory.Relations
        .Where(r => r.Kind is Kind.SubgroupOf or Kind.AccountableTo or Kind.MemberOf && Dates.Span(r.StartDate, r.EndDate).Has(day))
        .OrderBy(r => r.Kind)
        .ThenBy(r => r.Partner, StringComparer.Ordinal)
        .ToLookup(r => r.Other);

    private readonly ILookup<string, string> _chairs = directory.Relations
        .Where(r => r.Kind == Kind.Chairs && Dates.Span(r.StartDate, r.EndDate).Has(day))
        .ToLookup(r => r.Other, r => r.Partner);

    private readonly List<StructureNode> _nodes = [];

    /// <summary>The nodes below one body, or below all that stand below none, each behind the one that it stands below.</summary>
    public IReadOnlyList<StructureNode> Nodes(string root, string area)
    {
        if (root.Length > 0)
        {
            Add(root, null, 0);
            return _nodes;
        }

        // Who is a member of a group may have groups of its own all the same.
        var below = _below.SelectMany(g => g).Where(r => r.Kind != Kind.MemberOf).Select(r => r.Partner).ToHashSet();
        foreach (var top in _below.Select(g => g.Key).Where(body => !below.Contains(body) && IsOf(body, area)).Order(StringComparer.Ordinal))
            Add(top, null, 0);

        return _nodes;
    }

    private bool IsOf(string body, string area) => area.Length == 0 || directory.Find(body)?.Area is "" or null || directory.Find(body)!.Area == area;

    private void Add(string body, Relation? relation, int depth)
    {
        if (_nodes.Count >= MostNodes)
            throw ApiErrors.InvalidField("root", $"The structure has more than {MostNodes:N0} places; ask for a part of it.");

        var partner = directory.Find(body) ?? throw ApiErrors.NotFound(body);
        _nodes.Add(new StructureNode
        {
            Partner = body,
            DisplayName = partner.NameOn(day).DisplayName,
            Relation = relation?.Name ?? "",
            Kind = relation?.Kind ?? Kind.Unspecified,
            Depth = depth,
            Chairs = { _chairs[body] },
        });
        if (relation?.Kind == Kind.MemberOf)
            return;

        foreach (var next in _below[body])
            Add(next.Partner, next, depth + 1);
    }
}
