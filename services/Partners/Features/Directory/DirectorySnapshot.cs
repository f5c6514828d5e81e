using System.Collections.Frozen;
using PlanServices.Partners.Features.Leads;
using PlanServices.Partners.V1;

namespace PlanServices.Partners.Features.Directory;

/// <summary>The whole directory at one revision. Its messages are shared by all calls: nobody changes them.</summary>
internal sealed class DirectorySnapshot
{
    private readonly FrozenDictionary<string, Partner> _byName;

    public DirectorySnapshot(long revision, IEnumerable<Partner> partners)
    {
        Revision = revision;
        Partners = [.. partners.OrderBy(p => p.Name, StringComparer.Ordinal)];
        _byName = Partners.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        Names = NameIndex.Of(Partners);
    }

    public long Revision { get; }

    /// <summary>By name, ordinal.</summary>
    public IReadOnlyList<Partner> Partners { get; }

    /// <summary>What the resolver compares lead texts with.</summary>
    public NameIndex Names { get; }

    public Partner? Find(string name) => _byName.GetValueOrDefault(name);
}
