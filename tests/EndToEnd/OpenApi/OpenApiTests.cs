using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using PlanServices.ServiceDefaults.Hosting;
using PlanServices.Standalone;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.OpenApi;

/// <summary>The document of the JSON face against the suite as it runs.</summary>
public sealed partial class OpenApiTests(DescribedSuite suite) : IClassFixture<DescribedSuite>
{
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "patch"];

    private readonly StandaloneProcess _server = suite.Server;
    private readonly string _text = suite.Text;
    private readonly JsonNode _document = JsonNode.Parse(suite.Text)!;

    [Fact]
    public void Operations_OfTheDocument_AreTheMappedRoutes()
    {
        var builder = ServiceHost.CreateBuilder(["--environment=Development", "--applicationName=PlanServices.Standalone"]);
        builder.AddStandalone(StandaloneOptions.Parse(["--no-sample", "--data", "unused"]).Options!);
        var app = builder.Build();
        app.MapStandalone();
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is not null)
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {Shape(e.RoutePattern.RawText!)}");

        Assert.Equal(routes.Order(), Operations().Select(o => $"{o.Verb.ToUpperInvariant()} {Shape(o.Path)}").Order());
    }

    [Fact]
    public async Task Operations_Called_AreFound()
    {
        foreach (var (path, verb, operation) in Operations().Where(o => !o.Path.Contains(":watch", StringComparison.OrdinalIgnoreCase)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Parse(verb), Variable().Replace(path, "none"));
            if (operation["requestBody"] is not null)
                request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
            using var answer = await _server.Http.SendAsync(request, Deadline.Token);

            // No route answers 404 or 405 without a body; a service says what it did not find.
            Assert.True(answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType == "application/json", $"{verb} {path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public void Document_ReadBack_HasNoErrors()
    {
        var read = OpenApiDocument.Parse(_text, OpenApiConstants.Json);

        Assert.StartsWith("3.1.", _document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
    }

    [Fact]
    public void Elements_OfTheDocument_AreDescribed()
    {
        Assert.All(Operations(), o => Assert.False(string.IsNullOrWhiteSpace((string?)o.Operation["description"]), o.Path));
        Assert.All(Operations().SelectMany(o => o.Operation["parameters"]?.AsArray() ?? []), p => Assert.False(string.IsNullOrWhiteSpace((string?)p!["description"]), p.ToJsonString()));
        Assert.All(
            _document["components"]!["schemas"]!.AsObject().Where(s => s.Key.StartsWith("planservices.", StringComparison.Ordinal)),
            s => Assert.All(s.Value!["properties"]?.AsObject() ?? [], p => Assert.False(string.IsNullOrWhiteSpace((string?)p.Value!["description"]), $"{s.Key}.{p.Key}")));
    }

    [Fact]
    public void Operations_ThatAnswerBytes_NameTheirMediaTypes() =>
        Assert.DoesNotContain(Operations(), o => o.Operation["responses"]!["200"]!["content"]!["*/*"] is not null);

    [Fact]
    public async Task Document_AskedForAgainWithItsEtag_IsNotSentAgain()
    {
        using var first = await _server.Http.GetAsync("/openapi/v1.json", Deadline.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _server.Http.SendAsync(request, Deadline.Token);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/v1/plans/cambridgeshire-2017", "PlanService_GetPlan", "200")]
    [InlineData("/v1/plans/cambridgeshire-2017/periods", "PlanService_ListPeriods", "200")]
    [InlineData("/v1/plans/cambridgeshire-2017/actions", "ActionService_ListPlanActions", "200")]
    [InlineData("/v1/plans/cambridgeshire-2017/actions/-/updates?period=2018-10", "ProgressService_ListProgressUpdates", "200")]
    [InlineData("/v1/plans/cambridgeshire-2017/periods/2018-10/summary", "ReportService_GetStatusSummary", "200")]
    [InlineData("/v1/partners", "PartnerService_ListPartners", "200")]
    [InlineData("/v1/plans/none", "PlanService_GetPlan", "default")]
    [InlineData("/v1/plans/cambridgeshire-2017/actions?pageToken=x", "ActionService_ListPlanActions", "default")]
    public async Task Answer_OfAnOperation_IsAsItsSchemaSays(string call, string operationId, string status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, call) { Headers = { { "planservices-min-revision", suite.Revision } } };
        using var answer = await _server.Http.SendAsync(request, Deadline.Token);
        Assert.Equal(status == "200", answer.IsSuccessStatusCode);
        var response = Operations().Single(o => (string?)o.Operation["operationId"] == operationId).Operation["responses"]![status]!;

        AnswerSchema.AssertValid(_document, response, await answer.Content.ReadAsStringAsync(Deadline.Token));
    }

    private IEnumerable<(string Path, string Verb, JsonNode Operation)> Operations() =>
        from path in _document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Verbs.Contains(operation.Key)
        select (path.Key, operation.Key, operation.Value!);

    private static string Shape(string template) => Variable().Replace(template, "{}");

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Variable();
}
