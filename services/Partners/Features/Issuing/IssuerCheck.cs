using Microsoft.Extensions.Options;
using OpenIddict.Server;
using PlanServices.ServiceDefaults.Access;
using PlanServices.ServiceDefaults.Hosting;

namespace PlanServices.Partners.Features.Issuing;

/// <summary>Before anything is served: there is a key, and nobody has a secret that everybody knows.</summary>
internal sealed partial class IssuerCheck(
    IOptions<IssuerOptions> options, IOptionsMonitor<OpenIddictServerOptions> server, IHostEnvironment environment, ILogger<IssuerCheck> logger) : IStartCheck
{
    public void Check()
    {
        if (ConfiguredClients.Problem(options.Value, environment.IsDevelopment()) is { } problem)
            throw new StartRefusedException(problem);

        _ = server.CurrentValue;
        if (environment.IsDevelopment())
            Log.WellKnown(logger, DevelopmentClient.Id, DevelopmentClient.Secret);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Development: the API client '{Client}' with secret '{Secret}' may do everything, from this machine only")]
        public static partial void WellKnown(ILogger logger, string client, string secret);
    }
}
