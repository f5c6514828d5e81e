using PlanServices.Partners.Data;
using PlanServices.Partners.V1;
using PlanServices.Testing;
using PlanServices.Testing.SqlServer;
using Xunit;

namespace PlanServices.Partners.Tests;

/// <summary>The service on a real server, with a directory of its own.</summary>
public sealed class PartnersHost : IAsyncLifetime
{
    private TestHost? _host;

    internal TestHost Host => _host ?? throw new InvalidOperationException("The host is not started.");

    internal PartnerService.PartnerServiceClient Client => new(Host.Channel);

    internal HttpClient Http => Host.Http;

    internal static Task<TestHost> StartAsync(string? folder = null, TestDatabase? database = null, IReadOnlyDictionary<string, string?>? settings = null) =>
        TestHost.StartAsync(
            builder =>
            {
                builder.AddPartners();
                IssuedQueries.Record<PartnersContext>(builder.Services);
            },
            app => app.MapPartners(),
            ["partners"],
            database is null ? settings : new Dictionary<string, string?> { ["ConnectionStrings:partners"] = database.ConnectionString },
            folder);

    public async ValueTask InitializeAsync() => _host = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
