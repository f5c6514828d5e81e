using System.Text.Json;

namespace PlanServices.History;

/// <summary>What the history says a field held, as people say it. The contract has it as text, lists and messages as JSON.</summary>
public static class FieldValues
{
    /// <summary>A value in words; as it stands where it is a text.</summary>
    /// <param name="field">The field, as the contract spells it.</param>
    /// <param name="value">What it held.</param>
    public static string Say(string field, string value) => field switch
    {
        "status" or "direction" or "state" => Enum(field, value),
        "theme" or "parent_action" or "carried_over_from" => Id(value),
        "notes" or "opcc_leads" or "delivery_leads" or "cross_references" or "evidence_links" or "withheld" or "source" => Json(value),
        "leaf" => value switch { "true" => "Yes", "false" => "No", _ => value },
        _ => value,
    };

    // STATUS_NOT_STARTED is "Not started".
    private static string Enum(string field, string value)
    {
        var prefix = $"{field.ToUpperInvariant()}_";
        return value.Length > prefix.Length && value.StartsWith(prefix, StringComparison.Ordinal)
            ? $"{value[prefix.Length]}{value[(prefix.Length + 1)..].ToLowerInvariant().Replace('_', ' ')}"
            : value;
    }

    private static string Json(string value)
    {
        // What was removed for good has a word in its place.
        if (value is not ['[' or '{', ..])
            return value;

        using var json = JsonDocument.Parse(value);
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? string.Join("; ", json.RootElement.EnumerateArray().Select(Item))
            : Item(json.RootElement);
    }

    private static string Id(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string Item(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString()! is var text && text.StartsWith("plans/", StringComparison.Ordinal) ? Id(text) : text,
        // A lead, with or without its qualifier.
        JsonValueKind.Object when item.TryGetProperty("text", out var lead) =>
            item.TryGetProperty("qualifier", out var qualifier) ? $"{lead.GetString()} ({qualifier.GetString()})" : lead.GetString()!,
        // A withheld field and why.
        JsonValueKind.Object when item.TryGetProperty("field", out var field) && item.TryGetProperty("reason", out var reason) =>
            $"{FieldNames.Say(field.GetString()!)}: {reason.GetString()}",
        JsonValueKind.Object => string.Join(", ", item.EnumerateObject().Select(p => $"{p.Name} {Item(p.Value)}")),
        _ => item.GetRawText(),
    };
}
