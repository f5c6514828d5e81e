using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PlanServices.ServiceDefaults.Hosting;

/// <summary>Where a started host listens, its ports known also where the settings said 0.</summary>
/// <param name="Grpc">The endpoint <c>grpc</c> (HTTP/2).</param>
/// <param name="Http">The endpoint <c>http</c> (HTTP/1.1).</param>
/// <param name="Https">The endpoint <c>https</c> (both, by ALPN); null where no certificate is configured.</param>
public sealed record BoundAddresses(Uri Grpc, Uri Http, Uri? Https = null)
{
    /// <summary>
    /// The addresses of a host that listens on <c>Kestrel:Endpoints:grpc</c>, <c>:http</c> and maybe <c>:https</c>. Kestrel binds
    /// configured endpoints in the order of their names.
    /// </summary>
    public static BoundAddresses Of(IServer server)
    {
        var addresses = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(a => new Uri(BindingAddress.Parse(a).ToString().Replace("//*", "//localhost", StringComparison.Ordinal))).ToArray();
        return addresses switch
        {
            [var grpc, var http] => new BoundAddresses(grpc, http),
            [var grpc, var http, var https] => new BoundAddresses(grpc, http, https),
            _ => throw new InvalidOperationException($"Expected the endpoints grpc and http; the host listens on {addresses.Length}."),
        };
    }
}
