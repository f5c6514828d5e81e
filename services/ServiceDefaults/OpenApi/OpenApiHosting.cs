using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using PlanServices.ServiceDefaults.Access;

namespace PlanServices.ServiceDefaults.OpenApi;

/// <summary>Serves the OpenAPI document of the services that a process has.</summary>
internal static class OpenApiHosting
{
    /// <summary>
    /// <c>GET /openapi/v1.json</c>: OpenAPI 3.1, made when it is first asked for, with an etag of its content. Anyone reads it in
    /// Development, whoever reads plans elsewhere.
    /// </summary>
    public static void MapOpenApiDocument(this WebApplication app)
    {
        var document = new Lazy<byte[]>(() => Write(app.Services));
        var etag = new Lazy<EntityTagHeaderValue>(() => new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(XxHash128.Hash(document.Value))}\""));
        app.MapGet("/openapi/v1.json", () => TypedResults.Bytes(document.Value, "application/json; charset=utf-8", entityTag: etag.Value))
            .RequireAuthorization(app.Environment.IsDevelopment() ? Policies.Public : Policies.PlanRead);
    }

    private static byte[] Write(IServiceProvider services)
    {
        var settings = services.GetRequiredService<IOptions<GrpcJsonTranscodingOptions>>().Value.JsonSettings;
        var document = JsonFace.Describe(services.GetRequiredService<EndpointDataSource>().Endpoints, settings.WriteInt64sAsStrings);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
