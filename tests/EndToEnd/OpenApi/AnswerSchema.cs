using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Xunit;

namespace PlanServices.EndToEnd.Tests.OpenApi;

/// <summary>Checks an answer against the schema that a document gives for it.</summary>
internal static class AnswerSchema
{
    /// <summary>The answer has nothing that the schema does not have, and nothing otherwise than it says.</summary>
    public static void AssertValid(JsonNode document, JsonNode response, string answer)
    {
        if (response["$ref"] is { } reference)
            response = reference.GetValue<string>()[2..].Split('/').Aggregate(document, (node, key) => node[key]!);

        // A schema of its own with the components as its definitions, closed so that a field which is not in the document is an error.
        var definitions = document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var schema in definitions.Select(d => d.Value!.AsObject()).Where(s => s.ContainsKey("properties")))
            schema["additionalProperties"] = false;
        var text = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$ref"] = response["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>(),
            ["$defs"] = definitions,
        }.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);

        using var instance = JsonDocument.Parse(answer);
        var result = JsonSchema.FromText(text).Evaluate(instance.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        var errors = (result.Details ?? []).Where(d => d.Errors is not null)
            .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation} {e.Key}: {e.Value}"));
        Assert.True(result.IsValid, string.Join('\n', errors.Take(20)));
    }
}
