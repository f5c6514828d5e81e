using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

// The suite as separate processes. `dotnet run --project apphost` needs the .NET SDK alone: SQLite files below `--data`, Garnet as the
// cache. `--containers` takes SQL Server and Redis in containers instead, as does what `aspire publish` writes.
const string Containers = "--containers";
var builder = DistributedApplication.CreateBuilder([.. args.Where(a => a != Containers)]);
var publishing = builder.ExecutionContext.IsPublishMode;
var containers = publishing || args.Contains(Containers) || (bool.TryParse(builder.Configuration["containers"], out var asked) && asked);
var data = Path.GetFullPath(builder.Configuration["data"] ?? "../data", builder.AppHostDirectory);
if (publishing)
{
    // A service that gave up waiting for a database that starts for the first time is started again.
    builder.AddDockerComposeEnvironment("compose").WithDashboard(false).ConfigureComposeFile(compose =>
    {
        foreach (var service in compose.Services.Values)
            service.Restart = "unless-stopped";
    });
}

var sql = !containers ? null : builder.AddSqlServer("sql").WithImageTag("2022-CU26-ubuntu-22.04").WithDataVolume("planservices-sql");
var cache = containers ? Redis() : Garnet();
var partners = Service<Projects.PlanServices_Partners>("partners", 5120, ["partners"]);
partners.WithEnvironment("services__partners__http__0", partners.GetEndpoint("http"));
var actions = Service<Projects.PlanServices_Actions>("actions", 5110, ["actions"], partners);
var reporting = Service<Projects.PlanServices_Reporting>("reporting", 5130, ["reporting", "publications"], actions, partners);
var dashboard = Service<Projects.PlanServices_Dashboard>("dashboard", 5140, [], reporting, actions, partners);
dashboard.WithEndpoint("http", e => (e.IsExternal, e.Port) = (true, publishing ? 8080 : e.Port));
if (publishing)
{
    // A page that is open, and who is signed in to it, live in one process: more of them want a balancer that keeps a browser with its own.
    Replicas(1, dashboard);
    Replicas(2, partners, actions, reporting);
    if (builder.Configuration["issuer"] is "outside")
        builder.AddOutsideIssuer(dashboard, reporting, actions, partners);
    else
        builder.AddOwnIssuer(partners, actions, reporting, dashboard);
}

builder.Build().Run();

// The read model of Reporting is a file in any case: each replica fills one of its own.
IResourceBuilder<IResourceWithConnectionString> Database(string name) => sql is not null && name != "reporting"
    ? sql.AddDatabase($"{name}-data", name)
    : builder.AddConnectionString($"{name}-data", ReferenceExpression.Create($"Data Source={(publishing ? "/tmp/" : $"{data}{Path.DirectorySeparatorChar}")}{name}.db"));

IResourceBuilder<IResourceWithConnectionString> Redis()
{
    var redis = builder.AddRedis("cache").WithImageTag("8.6").WithDataVolume("planservices-cache");
    // It is a cache: what nobody asked for longest makes room.
    return !publishing ? redis : redis.PublishAsDockerComposeService((_, compose) => compose.Command[^1] += " --maxmemory 256mb --maxmemory-policy allkeys-lru");
}

IResourceBuilder<IResourceWithConnectionString> Garnet()
{
    var garnet = builder.AddProject<Projects.PlanServices_Cache>("garnet", options => options.ExcludeLaunchProfile = true)
        .WithEndpoint(scheme: "tcp", name: "redis", env: "Cache__Port");
    return builder.AddConnectionString("cache", ReferenceExpression.Create($"{garnet.GetEndpoint("redis").Property(EndpointProperty.HostAndPort)}"));
}

// A service listens on `http` (HTTP/1.1; this port) and `grpc` (HTTP/2; the next one), as its appsettings.json names them.
IResourceBuilder<ProjectResource> Service<TProject>(
    string name, int port, string[] databases, params IResourceBuilder<ProjectResource>[] others)
    where TProject : IProjectMetadata, new()
{
    var service = builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = options.ExcludeKestrelEndpoints = true)
        .WithEndpointsInEnvironment(_ => false);
    Listen("http", "http", port, 8080);
    Listen("grpc", "http2", port + 1, 8081);
    service.WithHttpHealthCheck("/health", endpointName: "http").WithReference(cache);
    foreach (var database in databases)
    {
        var stored = Database(database);
        service.WithReference(stored, connectionName: database).WaitFor(stored);
    }

    foreach (var other in others)
        service.WithReference(other).WaitFor(other);

    return publishing ? service : service.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);

    void Listen(string endpoint, string transport, int here, int inContainer) => service
        .WithEndpoint(endpoint, e =>
        {
            (e.UriScheme, e.Transport) = ("http", transport);
            e.Port = publishing ? null : here;
            e.TargetPort = publishing ? inContainer : null;
        })
        .WithEnvironment(
            $"Kestrel__Endpoints__{endpoint}__Url",
            $"http://{(publishing ? "*" : "localhost")}:{service.GetEndpoint(endpoint).Property(EndpointProperty.TargetPort)}");
}

static void Replicas(int count, params IResourceBuilder<ProjectResource>[] services)
{
    foreach (var service in services)
        service.WithReplicas(count).PublishAsDockerComposeService((_, compose) => compose.Deploy = new Deploy { Replicas = count });
}
