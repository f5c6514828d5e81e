using System.Net;
using System.Text.Json;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests.Access;

public class EndpointCoverageTests
{
    private static readonly string[] OpenToAll =
    [
        "/health", "/alive", "connect/token", ".well-known/openid-configuration", ".well-known/oauth-authorization-server", ".well-known/jwks",
        "/grpc.health.v1.Health/", "/grpc.reflection.", "/openapi/v1.json",
    ];

    [Fact]
    public async Task EveryEndpoint_OfTheRunningServer_NamesOneKnownPolicy()
    {
        await using var host = await SuiteHost.StartAsync();
        var endpoints = Endpoints(host);

        Assert.True(endpoints.Count(e => e.Metadata.GetMetadata<GrpcMethodMetadata>() is not null) > 100, $"{endpoints.Length} endpoints");
        Assert.All(endpoints, e =>
        {
            Assert.Null(e.Metadata.GetMetadata<IAllowAnonymous>());
            var policies = e.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).ToArray();
            var policy = Assert.Single(policies);
            Assert.True(policy == Policies.Public || Policies.All.Contains(policy!), $"{e.DisplayName}: {policy}");
        });
    }

    [Fact]
    public async Task EveryPublicEndpoint_OfTheRunningServer_IsOnTheList()
    {
        await using var host = await SuiteHost.StartAsync();

        var open = Endpoints(host)
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.Public && e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .ToArray();

        Assert.All(open, e => Assert.Contains(OpenToAll, o => e.RoutePattern.RawText!.StartsWith(o, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/.well-known/openid-configuration", HttpStatusCode.OK)]
    [InlineData("/.well-known/jwks", HttpStatusCode.OK)]
    [InlineData("/v1/plans", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/nothing", HttpStatusCode.Unauthorized)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task Get_WithoutToken_OnlyWhatIsOpen(string path, HttpStatusCode expected)
    {
        await using var host = await SuiteHost.StartAsync();
        using var http = host.HttpFor(null);

        // Ready takes a moment: the follower of the catalogue connects first.
        using var answer = await http.GetAsync(path, Deadline.Token);
        if (path == "/health")
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        else
            Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("DELETE", "/v1/partners")]
    public async Task Call_OfAPathThatIsNotThere_IsAnErrorAsEveryOther(string method, string path)
    {
        await using var host = await SuiteHost.StartAsync();

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Http.SendAsync(request, Deadline.Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Deadline.Token));
        Assert.Equal(5, json.RootElement.GetProperty("code").GetInt32());
        Assert.Equal($"There is no {method} {path}; /openapi/v1.json lists what there is.", json.RootElement.GetProperty("message").GetString());
        Assert.Equal("ERROR_REASON_NOT_FOUND", json.RootElement.GetProperty("details")[0].GetProperty("reason").GetString());
    }

    // In Development files that were added since the build are looked for; what names no policy is for nobody who has no token.
    private static RouteEndpoint[] Endpoints(TestHost host) =>
        [.. host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).Cast<RouteEndpoint>().Where(e => e.DisplayName != "Fallback {**path:file}")];
}
