using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>What operations answer: their message, raw bytes or a stream, and the one form of every error.</summary>
internal sealed class Answers(OpenApiDocument document, Contract contract, MessageSchemas schemas)
{
    private const string Error = "Error";

    /// <param name="method">The method that answers.</param>
    /// <param name="field">The answer's field that is sent in its place; empty for all of it.</param>
    /// <param name="mediaTypes">What raw bytes can be.</param>
    public OpenApiResponses Of(MethodDescriptor method, string field, IReadOnlyCollection<string> mediaTypes) => new()
    {
        ["200"] = method.OutputType.FullName == "google.api.HttpBody" ? Bytes(mediaTypes) : Message(method, field),
        ["default"] = new OpenApiResponseReference(Error, document),
    };

    private OpenApiResponse Message(MethodDescriptor method, string field) => new()
    {
        Description = method.IsServerStreaming
            ? "Newline-delimited JSON: one object of this schema on each line, sent as it comes, until the caller hangs up or an error ends "
                + $"the stream as its last line. {method.OutputType.Comment()}"
            : method.OutputType.Comment() ?? method.OutputType.Name,
        Content = Content("application/json", field.Length == 0
            ? schemas.Of(method.OutputType)
            : schemas.Of(method.OutputType.FindFieldByName(field))),
    };

    private static OpenApiResponse Bytes(IReadOnlyCollection<string> mediaTypes) => new()
    {
        Description = "The bytes as they are, of the media type that the request's format makes them.",
        Content = mediaTypes.DefaultIfEmpty("*/*").ToDictionary(
            t => t,
            IOpenApiMediaType (_) => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } }),
    };

    /// <summary>Puts the form of errors among the components, with the reasons that the services of these packages give.</summary>
    public void AddError(IEnumerable<string> packages)
    {
        foreach (var message in (string[])["google.rpc.Status", "google.rpc.ErrorInfo", "google.rpc.BadRequest"])
            schemas.Of(contract.Message(message));
        Component("google.rpc.ErrorInfo").Properties!["reason"] = new OpenApiSchema
        {
            Description = "Why, as a value of the service's reasons.",
            AnyOf = [.. packages.SelectMany(contract.ErrorReasons).Select(schemas.Of)],
        };
        Typed("google.rpc.ErrorInfo");
        Typed("google.rpc.BadRequest");
        Component("google.rpc.Status").Properties!["details"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "An `ErrorInfo`, which has the reason, where the service gave one; a `BadRequest`, which names the fields, where fields are to blame.",
            Items = new OpenApiSchema
            {
                AnyOf = [Reference("google.rpc.ErrorInfo"), Reference("google.rpc.BadRequest")],
            },
        };
        document.AddComponent(Error, new OpenApiResponse
        {
            Description = "The call failed. INVALID_ARGUMENT, FAILED_PRECONDITION and OUT_OF_RANGE are 400; UNAUTHENTICATED 401; "
                + "PERMISSION_DENIED 403; NOT_FOUND 404; ALREADY_EXISTS and ABORTED 409; RESOURCE_EXHAUSTED 429; UNAVAILABLE 503; INTERNAL 500.",
            Content = Content("application/json", Reference("google.rpc.Status")),
        });
    }

    // A message inside `Any` says in "@type" which it is.
    private void Typed(string message)
    {
        var schema = Component(message);
        schema.Properties!["@type"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [JsonValue.Create($"type.googleapis.com/{message}")],
        };
        schema.Required = new HashSet<string> { "@type" };
    }

    private OpenApiSchema Component(string id) => (OpenApiSchema)document.Components!.Schemas![id];

    private OpenApiSchemaReference Reference(string id) => new(id, document);

    private static Dictionary<string, IOpenApiMediaType> Content(string mediaType, IOpenApiSchema schema) =>
        new() { [mediaType] = new OpenApiMediaType { Schema = schema } };
}
