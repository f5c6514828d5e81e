using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.ServiceDiscovery;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Standalone;

/// <summary>Every service of the suite is found in this process, whatever its name: at the gRPC endpoint that this host listens on.</summary>
internal sealed class SelfDiscovery(IServer server) : IServiceEndpointProviderFactory, IServiceEndpointProvider
{
    public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? provider)
    {
        provider = this;
        return true;
    }

    public ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
    {
        endpoints.Endpoints.Add(ServiceEndpoint.Create(new IPEndPoint(IPAddress.Loopback, BoundAddresses.Of(server).Grpc.Port)));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
