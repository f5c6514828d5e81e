namespace PlanServices.Actions.Features.Grid.Importing;

/// <summary>The first entries of a list whose others are only counted.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class FirstEntries<T>(int most)
{
    private readonly List<T> _kept = [];

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<T> Kept => _kept;

    public void Add(T entry)
    {
        Count++;
        if (_kept.Count < most)
            _kept.Add(entry);
    }
}
