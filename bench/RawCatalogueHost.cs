using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PlanServices.Actions.V1;

namespace PlanServices.Bench;

/// <summary>Serves a <see cref="RawCatalogue"/>: its messages are bytes already, and go out as they are.</summary>
internal sealed class RawCatalogueHost(RawCatalogue catalogue) : IServiceMethodProvider<RawCatalogueHost>
{
    private static readonly Method<WatchChangesRequest, byte[]> Watch = new(
        MethodType.ServerStreaming,
        "planservices.actions.v1.ActionService",
        "WatchChanges",
        Marshallers.Create(_ => [], WatchChangesRequest.Parser.ParseFrom),
        Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes));

    public static Task<BenchHost> StartAsync(RawCatalogue catalogue) => BenchHost.StartAsync(
        [],
        builder =>
        {
            builder.Services.AddSingleton(catalogue);
            builder.Services.AddSingleton<RawCatalogueHost>();
            builder.Services.AddSingleton<IServiceMethodProvider<RawCatalogueHost>>(services => services.GetRequiredService<RawCatalogueHost>());
        },
        app => app.MapGrpcService<RawCatalogueHost>(),
        bare: true);

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<RawCatalogueHost> context) => context.AddServerStreamingMethod(
        Watch, [], (service, request, stream, call) => service.WatchAsync(request, stream, call));

    private Task WatchAsync(WatchChangesRequest request, IServerStreamWriter<byte[]> stream, ServerCallContext call) =>
        catalogue.WatchAsync(request, stream, call);
}
