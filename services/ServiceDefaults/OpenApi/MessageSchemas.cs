using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>Messages and enums as schemas among the document's components, each under its full name and written once.</summary>
/// <param name="document">Where they go.</param>
/// <param name="int64AsString">Whether the JSON face writes 64-bit integers as strings.</param>
internal sealed class MessageSchemas(OpenApiDocument document, bool int64AsString)
{
    /// <summary>A message as answers carry it, and requests that give it whole.</summary>
    public IOpenApiSchema Of(MessageDescriptor message) => Of(message, message.FullName, [], partial: false);

    /// <summary>A resource in a request that changes some of its fields: none is required.</summary>
    public IOpenApiSchema PartOf(MessageDescriptor message) => message.Fields.InDeclarationOrder().Any(f => f.Is(FieldBehavior.Required))
        ? Of(message, $"{message.FullName}.Partial", [], partial: true)
        : Of(message);

    /// <summary>A request in a body, without the fields that its path gives.</summary>
    public IOpenApiSchema Body(MessageDescriptor request, IReadOnlyCollection<string> inPath) =>
        Of(request, request.FullName, inPath, partial: false);

    /// <summary>The schema of one field's value, with what the contract says of it.</summary>
    public IOpenApiSchema Of(FieldDescriptor field)
    {
        IOpenApiSchema schema = field switch
        {
            { IsMap: true } => new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalProperties = Single(field.MessageType.FindFieldByNumber(2)),
            },
            { IsRepeated: true } => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Single(field) },
            _ => Single(field),
        };
        return Described(schema, field);
    }

    public IOpenApiSchema Of(EnumDescriptor type)
    {
        if (!Has(type.FullName))
        {
            document.AddComponent(type.FullName, new OpenApiSchema
            {
                Title = type.Name,
                Type = JsonSchemaType.String,
                Enum = [.. type.Values.Select(v => (JsonNode)JsonValue.Create(v.Name))],
                Description = $"{type.Comment()}\n\n{string.Join('\n', type.Values.Select(v => $"- `{v.Name}`: {OneLine(v.Comment())}"))}",
            });
        }

        return new OpenApiSchemaReference(type.FullName, document);
    }

    private IOpenApiSchema Of(MessageDescriptor message, string id, IReadOnlyCollection<string> without, bool partial)
    {
        if (WellKnownSchemas.Of(message.FullName, int64AsString) is { } wellKnown)
            return wellKnown;

        if (!Has(id))
        {
            var schema = new OpenApiSchema { Title = id[(message.FullName.LastIndexOf('.') + 1)..], Type = JsonSchemaType.Object };
            // Before its fields: a message may hold itself.
            document.AddComponent(id, schema);
            var fields = message.Fields.InDeclarationOrder().Where(f => !without.Contains(f.Name)).ToArray();
            schema.Description = Description(message);
            schema.Properties = fields.ToDictionary(f => f.JsonName, Of);
            if (!partial)
                schema.Required = fields.Where(f => f.Is(FieldBehavior.Required)).Select(f => f.JsonName).ToHashSet();
        }

        return new OpenApiSchemaReference(id, document);
    }

    private IOpenApiSchema Single(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message or FieldType.Group => Of(field.MessageType),
        FieldType.Enum => Of(field.EnumType),
        FieldType.Bool => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        FieldType.String => new OpenApiSchema { Type = JsonSchemaType.String },
        FieldType.Bytes => new OpenApiSchema { Type = JsonSchemaType.String, ContentEncoding = "base64" },
        FieldType.Double => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
        FieldType.Float => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "float" },
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        FieldType.UInt32 or FieldType.Fixed32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" },
        _ => new OpenApiSchema { Type = int64AsString ? JsonSchemaType.String : JsonSchemaType.Integer, Format = "int64" },
    };

    private static IOpenApiSchema Described(IOpenApiSchema schema, FieldDescriptor field)
    {
        var description = field.Is(FieldBehavior.Immutable) ? $"{field.Comment()}\n\nSet once, never changed." : field.Comment();
        switch (schema)
        {
            case OpenApiSchema own:
                own.Description = description;
                own.ReadOnly = field.Is(FieldBehavior.OutputOnly);
                own.WriteOnly = field.Is(FieldBehavior.InputOnly);
                break;
            case OpenApiSchemaReference reference:
                reference.Description = description;
                reference.ReadOnly = field.Is(FieldBehavior.OutputOnly);
                reference.WriteOnly = field.Is(FieldBehavior.InputOnly);
                break;
        }

        return schema;
    }

    private static string? Description(MessageDescriptor message)
    {
        var choices = message.Oneofs.Where(o => !o.IsSynthetic)
            .Select(o => $"At most one of {string.Join(", ", o.Fields.Select(f => $"`{f.JsonName}`"))} is set. {o.Comment()}".TrimEnd());
        return string.Join("\n\n", choices.Prepend(message.Comment()));
    }

    private bool Has(string id) => document.Components?.Schemas?.ContainsKey(id) == true;

    private static string? OneLine(string? text) => text?.ReplaceLineEndings(" ");
}
