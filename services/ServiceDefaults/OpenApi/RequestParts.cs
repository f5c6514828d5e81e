using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>A request taken apart as its <c>google.api.http</c> rule says: what is in the path, in the query, in the body.</summary>
internal sealed class RequestParts(MethodDescriptor method, string body, PathTemplate path, MessageSchemas schemas)
{
    private readonly HashSet<string> _inPath = [.. path.Variables.Select(v => v.Field)];

    public IList<IOpenApiParameter> Parameters() =>
        [.. path.Variables.Select(InPath), .. body == "*" ? [] : Query(method.InputType, "", "", [])];

    /// <summary>The body; null where the method has none.</summary>
    public OpenApiRequestBody? Body(bool partial)
    {
        if (body.Length == 0)
            return null;

        var field = body == "*" ? null : method.InputType.FindFieldByName(body);
        var schema = field is null ? schemas.Body(method.InputType, _inPath)
            : field.FieldType != FieldType.Message || field.IsRepeated ? schemas.Of(field)
            : partial ? schemas.PartOf(field.MessageType)
            : schemas.Of(field.MessageType);
        return new OpenApiRequestBody
        {
            Description = field?.Comment(),
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType> { ["application/json"] = new OpenApiMediaType { Schema = schema } },
        };
    }

    private OpenApiParameter InPath(PathVariable variable) => new()
    {
        Name = variable.Name,
        In = ParameterLocation.Path,
        Required = true,
        Description = $"Part of `{variable.Field}`: {Field(variable.Field).Comment()}",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1 },
    };

    private FieldDescriptor Field(string path)
    {
        var parts = path.Split('.');
        return parts.Skip(1).Aggregate(method.InputType.FindFieldByName(parts[0]), (f, p) => f.MessageType.FindFieldByName(p));
    }

    private IEnumerable<IOpenApiParameter> Query(MessageDescriptor message, string prefix, string jsonPrefix, IReadOnlyList<MessageDescriptor> within)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var name = prefix + field.Name;
            if (name == body || _inPath.Contains(name) || field.IsMap || field.Is(FieldBehavior.OutputOnly))
                continue;

            var parts = field.FieldType == FieldType.Message && WellKnownSchemas.Of(field.MessageType.FullName, int64AsString: false) is null;
            if (!parts)
            {
                yield return new OpenApiParameter
                {
                    Name = jsonPrefix + field.JsonName,
                    In = ParameterLocation.Query,
                    Required = field.Is(FieldBehavior.Required),
                    Description = field.Comment(),
                    Schema = schemas.Of(field),
                };
            }
            else if (!field.IsRepeated && !within.Contains(field.MessageType))
            {
                foreach (var part in Query(field.MessageType, $"{name}.", $"{jsonPrefix}{field.JsonName}.", [.. within, field.MessageType]))
                    yield return part;
            }
        }
    }
}
