using Google.Api;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Endpoint = Microsoft.AspNetCore.Http.Endpoint;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>
/// Describes the JSON face of the services that a process has: one operation for each route that transcoding made, in the words
/// of the contracts.
/// </summary>
internal sealed class JsonFace
{
    private readonly OpenApiDocument _document = new()
    {
        Info = new OpenApiInfo
        {
            Title = "PlanServices",
            Version = "v1",
            Summary = "Follows the delivery of a Police and Crime Plan, quarter by quarter.",
            Description = "The JSON face of the gRPC services. Names are lowerCamelCase, enums are the names of their values, bytes are base64; "
                + "a field that is not sent has its default. What a request leaves unset in a query or body it need not name.",
        },
        Servers = [new OpenApiServer { Url = "/" }],
        Paths = [],
        Tags = new HashSet<OpenApiTag>(),
    };

    private readonly Contract _contract = Contract.Load();
    private readonly MessageSchemas _schemas;
    private readonly Answers _answers;
    private readonly AccessScheme _access;
    private readonly HashSet<string> _operationIds = [];

    private JsonFace(bool int64AsString)
    {
        _schemas = new MessageSchemas(_document, int64AsString);
        _answers = new Answers(_document, _contract, _schemas);
        _access = new AccessScheme(_document);
    }

    /// <param name="endpoints">All of the process's endpoints; those without a JSON face are left out.</param>
    /// <param name="int64AsString">Whether the JSON face writes 64-bit integers as strings.</param>
    public static OpenApiDocument Describe(IEnumerable<Endpoint> endpoints, bool int64AsString)
    {
        var face = new JsonFace(int64AsString);
        var routes = endpoints
            .Select(e => (Endpoint: e, Face: e.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>()))
            .Where(r => r.Face is not null)
            .Select(r => face.Route(r.Endpoint, r.Face!))
            .OrderBy(r => r.Path.Path, StringComparer.Ordinal)
            .ToArray();
        foreach (var route in routes)
            face.Add(route);

        face._answers.AddError(routes.Select(r => r.Method.File.Package).Distinct().Order(StringComparer.Ordinal));
        face._access.Add();
        return face._document;
    }

    private JsonRoute Route(Endpoint endpoint, GrpcJsonTranscodingMetadata face)
    {
        var rule = face.HttpRule;
        var (verb, template) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => (HttpMethod.Get, rule.Get),
            HttpRule.PatternOneofCase.Put => (HttpMethod.Put, rule.Put),
            HttpRule.PatternOneofCase.Post => (HttpMethod.Post, rule.Post),
            HttpRule.PatternOneofCase.Delete => (HttpMethod.Delete, rule.Delete),
            HttpRule.PatternOneofCase.Patch => (HttpMethod.Patch, rule.Patch),
            _ => (new HttpMethod(rule.Custom.Kind), rule.Custom.Path),
        };
        return new JsonRoute(
            endpoint, rule, _contract.Method(face.MethodDescriptor.FullName), verb, new PathTemplate(template, _contract.VariableOf));
    }

    private void Add(JsonRoute route)
    {
        var service = route.Method.Service;
        _document.Tags!.Add(new OpenApiTag { Name = service.Name, Description = service.Comment() });

        var request = new RequestParts(route.Method, route.Rule.Body, route.Path, _schemas);
        var operation = new OpenApiOperation
        {
            OperationId = OperationId($"{service.Name}_{route.Method.Name}"),
            Summary = Words.Of(route.Method.Name),
            Description = route.Method.Comment(),
            Tags = new HashSet<OpenApiTagReference> { new(service.Name, _document) },
            Parameters = request.Parameters(),
            RequestBody = request.Body(partial: route.Verb == HttpMethod.Patch),
            Responses = _answers.Of(
                route.Method,
                route.Rule.ResponseBody,
                [.. route.Endpoint.Metadata.GetOrderedMetadata<ProducesAttribute>().SelectMany(p => p.ContentTypes)]),
            Security = _access.Of(route.Endpoint),
        };
        if (!_document.Paths.TryGetValue(route.Path.Path, out var item))
            _document.Paths[route.Path.Path] = item = new OpenApiPathItem();
        ((OpenApiPathItem)item).AddOperation(route.Verb, operation);
    }

    // A method with more than one route keeps its name for the first.
    private string OperationId(string name)
    {
        var id = name;
        for (var i = 2; !_operationIds.Add(id); i++)
            id = $"{name}_{i}";
        return id;
    }
}
