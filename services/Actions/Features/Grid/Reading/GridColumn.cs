namespace PlanServices.Actions.Features.Grid.Reading;

/// <summary>What a column of a grid holds.</summary>
internal enum GridColumn
{
    /// <summary>Nothing that is read: page numbers, stray letters, columns of no known name.</summary>
    Stray,
    Theme,

    /// <summary>The ref printed beside the title; the one beside the narrative is <see cref="Ref"/>.</summary>
    TitleRef,
    Title,
    Notes,
    OpccLeads,
    DeliveryLeads,
    Ref,
    Narrative,
    Status,
    StatusReason,
    Direction,
    Opportunities,
    EvidenceLinks,
    CrossReferences,
}

/// <summary>The columns' plain names, as diagnostics give them.</summary>
internal static class GridColumns
{
    public static string PlainName(this GridColumn column) => column switch
    {
        GridColumn.Theme => "theme",
        GridColumn.TitleRef or GridColumn.Ref => "ref",
        GridColumn.Title => "title",
        GridColumn.Notes => "notes",
        GridColumn.OpccLeads => "opcc_leads",
        GridColumn.DeliveryLeads => "delivery_leads",
        GridColumn.Narrative => "narrative",
        GridColumn.Status => "status",
        GridColumn.StatusReason => "status_reason",
        GridColumn.Direction => "direction",
        GridColumn.Opportunities => "opportunities",
        GridColumn.EvidenceLinks => "evidence_links",
        GridColumn.CrossReferences => "cross_references",
        _ => "",
    };
}

/// <summary>One row before anything is understood: its cells by column.</summary>
/// <param name="line">Where it stands.</param>
/// <param name="cells">Its cells; those that are not there are empty.</param>
internal sealed class RawRow(int line, IEnumerable<KeyValuePair<GridColumn, string>> cells)
{
    private static readonly int Columns = Enum.GetValues<GridColumn>().Length;
    private static readonly HashSet<GridColumn> None = [];

    // By column: a grid may have very many rows.
    private readonly string?[] _cells = ByColumn(cells);

    public int Line => line;

    /// <summary>The last row of its page: a cell may run on behind the page's end.</summary>
    public bool EndsPage { get; set; }

    /// <summary>Columns that this page does not have.</summary>
    public IReadOnlySet<GridColumn> Lost { get; init; } = None;

    public string this[GridColumn column]
    {
        get => _cells[(int)column] ?? "";
        set => _cells[(int)column] = value;
    }

    private static string?[] ByColumn(IEnumerable<KeyValuePair<GridColumn, string>> cells)
    {
        var byColumn = new string?[Columns];
        foreach (var (column, cell) in cells)
            byColumn[(int)column] = cell;

        return byColumn;
    }
}
