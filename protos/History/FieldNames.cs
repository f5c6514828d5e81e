namespace PlanServices.History;

/// <summary>What the fields of actions and updates are called.</summary>
public static class FieldNames
{
    /// <summary>A contract's field name as people say it: <c>delivery_leads</c> is "Delivery leads".</summary>
    /// <param name="field">The field, as the contract spells it.</param>
    public static string Say(string field) => field switch
    {
        "narrative" => "Key delivery activities",
        "opportunities" => "Wider partnership opportunities",
        "status_reason" => "Why",
        "direction" => "Direction of travel",
        "opcc_leads" => "OPCC leads",
        "cross_references" => "Cross-references",
        "leaf" => "Whether it reports",
        "source" => "Where it stood in the file",
        "" => "",
        _ => $"{char.ToUpperInvariant(field[0])}{field[1..].Replace('_', ' ')}",
    };
}
