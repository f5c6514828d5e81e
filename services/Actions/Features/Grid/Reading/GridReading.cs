using PlanServices.ServiceDefaults.Text;

namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>
/// What a grid says: what had to be told from the whole of it is told at once, the rows are read as they are gone through, as often as
/// need be.
/// </summary>
internal sealed class GridReading
{
    private readonly GridRows _rows;
    private readonly GridContext _context;
    private readonly Findings _findings;
    private readonly RowPlaces _places;
    private readonly Titles _titles;
    private readonly CrossReferences _references;

    private GridReading(GridRows rows, GridContext context, Findings findings)
    {
        (_rows, _context, _findings) = (rows, context, findings);
        var marks = RowMark.All(rows.Read(findings));
        if (marks.Count == 0)
            throw new UnreadableGridException("There is a heading but no row under it.");

        _places = new RowPlaces(marks, context, findings);
        var placed = marks.Where((_, i) => _places.Refs[i] is not null);
        Leads = [.. placed.Select(m => (m.DeliveryLeads, m.OpccLeads)).Distinct().SelectMany(m => DeliveryLeads.Of(m.DeliveryLeads, m.OpccLeads)).Distinct()];
        Themes = [.. _places.Refs.Where(r => r is not null).Select(r => r!.Value.Prefix).Distinct().Select(p => new GridTheme(_places.Themes[p], p))];
        if (Themes.Count == 0)
            throw new UnreadableGridException("No row has a ref that could be read, such as V1 or O2.1.");

        var parents = _places.Refs.Select(r => r?.Parent).OfType<string>().ToHashSet();
        _titles = new Titles(
            parents.Count == 0 ? [] : Placed(Findings.Unheard()).Where(p => p.Ref.Sub is not null || parents.Contains(p.Ref.ToString())), findings);
        Actions = [.. _titles.Parents(_places.Themes, context.Actions.Where(a => a.Retired).Select(a => a.Ref).ToHashSet())];
        _references = new CrossReferences(context.Actions.Count == 0 ? _places.Taken : _places.Taken.Union(context.Actions.Select(a => a.Ref)).ToHashSet());
    }

    /// <summary>Its themes, in the grid's order.</summary>
    public IReadOnlyList<GridTheme> Themes { get; }

    /// <summary>Its actions that have sub-actions.</summary>
    public IReadOnlyList<GridAction> Actions { get; }

    /// <summary>The delivery leads that its rows name, each once.</summary>
    public IReadOnlyList<LeadText> Leads { get; }

    /// <exception cref="UnreadableGridException">It has no row, or none whose ref can be read.</exception>
    public static GridReading Of(GridRows rows, GridContext context, Findings findings) => new(rows, context, findings);

    /// <summary>What was found so far, to go on from with the leaves.</summary>
    public Findings Found() => _findings.Clone();

    /// <summary>Goes through its reported rows, in the grid's order.</summary>
    /// <param name="findings">What is found in their cells is told.</param>
    public IEnumerable<GridLeaf> Leaves(Findings findings)
    {
        var interpretation = new Interpretation(_context, _references, _rows.Headings, _rows.Columns.Contains(GridColumn.Direction), findings);
        return Placed(Findings.Unheard())
            .Where(p => !_titles.IsTitleRow(p))
            .Select(p => interpretation.Leaf(p, _places.Themes[p.Ref.Prefix], _titles));
    }

    /// <summary>What was repaired, left out or doubted, in the grid's order, each with the ref of its row.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics(Findings findings)
    {
        var found = findings.InOrder();
        var lines = found.Where(d => d.Ref.Length == 0).Select(d => d.Line).ToHashSet();
        if (lines.Count == 0)
            return found;

        var refs = Placed(Findings.Unheard()).Where(p => lines.Contains(p.Row.Line)).DistinctBy(p => p.Row.Line).ToDictionary(p => p.Row.Line, p => p.Ref.ToString());
        return [.. found.Select(d => d.Ref.Length > 0 ? d : d with { Ref = refs.GetValueOrDefault(d.Line, "") })];
    }

    private IEnumerable<PlacedRow> Placed(Findings findings) => _rows.Read(findings)
        .Zip(_places.Refs)
        .Where(r => r.Second is not null)
        .Select(r => new PlacedRow(r.First, r.Second!.Value));
}
