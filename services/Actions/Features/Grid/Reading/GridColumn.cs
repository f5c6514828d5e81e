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
internal sealed class RawRow(int line, Dictionary<GridColumn, string> cells)
{
    public int Line => line;

    /// <summary>The last row of its page: a cell may run on behind the page's end.</summary>
    public bool EndsPage { get; set; }

    /// <summary>Columns that this page does not have.</summary>
    public IReadOnlySet<GridColumn> Lost { get; init; } = new HashSet<GridColumn>();

    public string this[GridColumn column]
    {
        get => cells.GetValueOrDefault(column, "");
        set => cells[column] = value;
    }
}
