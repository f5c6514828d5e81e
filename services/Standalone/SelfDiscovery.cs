using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.ServiceDiscovery;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Standalone;

/// <summary>
/// Every service of the suite is found in this process, whatever its name: at the endpoint of the kind that is asked for. An address
/// that names no such endpoint is another's, such as an outside issuer's, and stays what it is.
/// </summary>
internal sealed class SelfDiscovery(IServer server) : IServiceEndpointProviderFactory
{
    public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? provider)
    {
        provider = query.EndpointName is "http" or "grpc" ? new Self(server, http: query.EndpointName == "http") : null;
        return provider is not null;
    }

    private sealed class Self(IServer server, bool http) : IServiceEndpointProvider
    {
        public ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
        {
            var bound = BoundAddresses.Of(server);
            endpoints.Endpoints.Add(ServiceEndpoint.Create(new IPEndPoint(IPAddress.Loopback, (http ? bound.Http : bound.Grpc).Port)));
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
