using PlanServices.Actions.V1;
using PlanServices.Testing;
using PlanServices.Testing.Caching;

namespace PlanServices.EndToEnd.Tests.Replicas;

/// <summary>
/// Several processes of each service over one set of databases and one cache, as an orchestrator runs them: each is told where all
/// replicas of the others are. All of a service start at the same moment, over databases that are not there yet.
/// </summary>
internal sealed class ReplicatedSuite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, ServicePorts[]> _ports = [];
    private readonly Dictionary<string, ServiceProcess[]> _running = [];

    private readonly (string, string)[] _settings;

    private ReplicatedSuite(RedisServer cache, (string, string)[] settings) => (Cache, _settings) = (cache, settings);

    /// <summary>The real Redis where it is installed, otherwise Garnet.</summary>
    public RedisServer Cache { get; }

    public ServiceProcess[] Partners => _running["Partners"];

    public ServiceProcess[] Actions => _running["Actions"];

    public ServiceProcess[] Reporting => _running["Reporting"];

    public string Folder => _folder.Path;

    /// <param name="partners">How many of Partners.</param>
    /// <param name="actions">How many of Actions.</param>
    /// <param name="reporting">How many of Reporting.</param>
    /// <param name="settings">What each is told beside where the others are.</param>
    public static async Task<ReplicatedSuite> StartAsync(int partners, int actions, int reporting = 0, params (string, string)[] settings)
    {
        var suite = new ReplicatedSuite(await RedisServer.StartAsync(RedisServer.Best), settings);
        foreach (var (service, count) in new[] { ("Partners", partners), ("Actions", actions), ("Reporting", reporting) })
            suite._ports[service] = [.. Enumerable.Range(0, count).Select(_ => ServicePorts.Take())];
        try
        {
            foreach (var service in suite._ports.Keys)
                await suite.StartAsync(service);
            return suite;
        }
        catch
        {
            await suite.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops a replica as an orchestrator does, and starts another in its place; the exit code of the one that stopped.</summary>
    public async Task<int> RestartAsync(string service, int replica)
    {
        var code = await _running[service][replica].StopAsync();
        await _running[service][replica].DisposeAsync();
        _running[service][replica] = await StartAsync(service, replica);
        return code;
    }

    /// <summary>Imports a plan of so many leaves for October 2018, opens January, and saves the text 0 for each.</summary>
    public async Task ImportAsync(int leaves)
    {
        await FenlandPlan.ImportAsync(Actions[0].Channel, leaves);
        await FenlandPlan.OpenJanuaryAsync(Actions[^1].Channel);
        for (var i = 1; i <= leaves; i++)
        {
            var update = new ProgressUpdate { Name = $"plans/fenland/actions/C{i}/updates/2019-01", Narrative = "0" };
            await new ProgressService.ProgressServiceClient(Actions[i % Actions.Length].Channel).SaveProgressUpdateAsync(
                new SaveProgressUpdateRequest { ProgressUpdate = update }, cancellationToken: Deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Where one did not start, the others do not stay.
        foreach (var process in _running.Values.SelectMany(p => p).OfType<ServiceProcess>())
            await process.DisposeAsync();
        await Cache.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(string service)
    {
        var replicas = _running[service] = new ServiceProcess[_ports[service].Length];
        await Task.WhenAll(replicas.Select(async (_, i) => replicas[i] = await StartAsync(service, i)));
    }

    private Task<ServiceProcess> StartAsync(string service, int replica)
    {
        (string, string)[] databases = service switch
        {
            // Each replica has a read model of its own; what was published is shared.
            "Reporting" => [Data("reporting", $"reporting-{replica}"), Data("publications")],
            _ => [Data(service.ToLowerInvariant())],
        };
        var others = _ports.SelectMany(s => s.Value.SelectMany((ports, i) => new[]
        {
            ($"services__{s.Key.ToLowerInvariant()}__http__{i}", ports.Http.AbsoluteUri),
            ($"services__{s.Key.ToLowerInvariant()}__grpc__{i}", ports.Grpc.AbsoluteUri),
        }));
        // A replica of Partners asks itself: the others may not listen yet.
        var own = _ports[service][replica];
        var issuer = service == "Partners" ? own : _ports["Partners"][0];
        return ServiceProcess.StartAsync(
            service,
            own,
            issuer.Http,
            [.. databases, .. others, ("ConnectionStrings__cache", Cache.Address), ("Issuer__SigningKeys__0__Pem", TestIssuer.Pem), .. _settings]);
    }

    private (string, string) Data(string name, string? file = null) =>
        ($"ConnectionStrings__{name}", $"Data Source={Path.Combine(Folder, $"{file ?? name}.db")}");
}
