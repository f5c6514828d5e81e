using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.ServiceDefaults.Access;

/// <summary>In Development everybody knows a client that may do all: nobody but the machine itself may reach it.</summary>
internal sealed class LoopbackOnly(IConfiguration configuration, IHostEnvironment environment) : IStartCheck
{
    public void Check()
    {
        if (!environment.IsDevelopment())
            return;

        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]);
        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (endpoints.Concat(urls).OfType<string>().FirstOrDefault(u => !IsLoopback(u)) is { } open)
        {
            throw new StartRefusedException(
                $"In Development everybody knows a client that may do everything, so only loopback addresses are listened on; {open} is none. "
                + "Set ASPNETCORE_ENVIRONMENT=Production and a signing key to serve others: docs/guides/access.md.");
        }
    }

    private static bool IsLoopback(string url)
    {
        var host = BindingAddress.Parse(url).Host;
        return host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
