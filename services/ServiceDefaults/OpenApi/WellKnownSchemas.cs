using Microsoft.OpenApi;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>Messages that protobuf JSON writes in a form of their own.</summary>
internal static class WellKnownSchemas
{
    /// <summary>The schema of a message that is no object with its fields; null for any other.</summary>
    public static OpenApiSchema? Of(string message, bool int64AsString) => message switch
    {
        "google.protobuf.Timestamp" => new() { Type = JsonSchemaType.String, Format = "date-time" },
        "google.protobuf.Duration" => new() { Type = JsonSchemaType.String, Pattern = @"^-?[0-9]+(\.[0-9]{1,9})?s$" },
        "google.protobuf.FieldMask" => new() { Type = JsonSchemaType.String, Pattern = @"^$|^[^,\s]+(,[^,\s]+)*$" },
        "google.protobuf.Empty" or "google.protobuf.Struct" => new() { Type = JsonSchemaType.Object },
        "google.protobuf.ListValue" => new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema() },
        "google.protobuf.Value" => new(),
        "google.protobuf.Any" => new()
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["@type"] = new OpenApiSchema { Type = JsonSchemaType.String } },
            Required = new HashSet<string> { "@type" },
        },
        "google.protobuf.DoubleValue" or "google.protobuf.FloatValue" => Nullable(JsonSchemaType.Number, "double"),
        "google.protobuf.Int32Value" or "google.protobuf.UInt32Value" => Nullable(JsonSchemaType.Integer, "int32"),
        "google.protobuf.Int64Value" or "google.protobuf.UInt64Value" =>
            Nullable(int64AsString ? JsonSchemaType.String : JsonSchemaType.Integer, "int64"),
        "google.protobuf.BoolValue" => Nullable(JsonSchemaType.Boolean, null),
        "google.protobuf.StringValue" => Nullable(JsonSchemaType.String, null),
        "google.protobuf.BytesValue" => Nullable(JsonSchemaType.String, "byte"),
        _ => null,
    };

    private static OpenApiSchema Nullable(JsonSchemaType type, string? format) => new() { Type = type | JsonSchemaType.Null, Format = format };
}
