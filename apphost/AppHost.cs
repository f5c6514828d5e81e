using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

// The suite as separate processes. `dotnet run --project apphost` needs the .NET SDK alone: SQLite files below `--data`, Garnet as the
// cache. `--containers` takes SQL Server and Redis in containers instead, as does what `aspire publish` writes.
const string Containers = "--containers";
const int Replicas = 2;
var builder = DistributedApplication.CreateBuilder([.. args.Except([Containers])]);
var publishing = builder.ExecutionContext.IsPublishMode;
var containers = publishing || args.Contains(Containers) || builder.Configuration["containers"] is "true";
var data = Path.GetFullPath(builder.Configuration["data"] ?? "../data", builder.AppHostDirectory);
if (publishing)
    builder.AddDockerComposeEnvironment("compose");

var sql = !containers ? null : builder.AddSqlServer("sql").WithImageTag("2022-CU26-ubuntu-22.04").WithDataVolume("planservices-sql");
var cache = containers
    ? builder.AddRedis("cache").WithImageTag("8.6").WithDataVolume("planservices-cache").WithPersistence()
    : Garnet();
var issuer = !publishing ? null : builder.AddParameter("access-issuer").WithDescription("The address by which API clients know the Partners service.");
var authority = !publishing ? null : builder.AddParameter("access-authority", "").WithDescription("An issuer of tokens outside the suite; empty for its own.");
var signingKey = !publishing ? null : builder.AddParameter("access-signing-key", secret: true);

var partners = Service<Projects.PlanServices_Partners>("partners", 5120, Database("partners"));
partners.WithEnvironment("services__partners__http__0", partners.GetEndpoint("http"));
if (signingKey is not null)
    partners.WithEnvironment("Access__SigningKey", signingKey);
var actions = Service<Projects.PlanServices_Actions>("actions", 5110, Database("actions"), partners);
var reporting = Service<Projects.PlanServices_Reporting>("reporting", 5130, Database("reporting"), actions, partners);
Service<Projects.PlanServices_Dashboard>("dashboard", 5140, null, reporting, actions, partners).WithExternalHttpEndpoints();
builder.Build().Run();

IResourceBuilder<IResourceWithConnectionString> Database(string name) => sql is not null
    ? sql.AddDatabase($"{name}-data", name)
    : builder.AddConnectionString($"{name}-data", ReferenceExpression.Create($"Data Source={Path.Combine(data, $"{name}.db")}"));

IResourceBuilder<IResourceWithConnectionString> Garnet()
{
    var garnet = builder.AddProject<Projects.PlanServices_Cache>("garnet", options => options.ExcludeLaunchProfile = true)
        .WithEndpoint(scheme: "tcp", name: "redis", env: "Cache__Port");
    return builder.AddConnectionString("cache", ReferenceExpression.Create($"{garnet.GetEndpoint("redis").Property(EndpointProperty.HostAndPort)}"));
}

// A service listens on `http` (HTTP/1.1; this port) and `grpc` (HTTP/2; the next one), as its appsettings.json names them.
IResourceBuilder<ProjectResource> Service<TProject>(
    string name, int port, IResourceBuilder<IResourceWithConnectionString>? database, params IResourceBuilder<ProjectResource>[] others)
    where TProject : IProjectMetadata, new()
{
    var service = builder.AddProject<TProject>(name, options => options.ExcludeLaunchProfile = options.ExcludeKestrelEndpoints = true)
        .WithEndpointsInEnvironment(_ => false);
    Listen("http", "http", port, 8080);
    Listen("grpc", "http2", port + 1, 8081);
    service.WithHttpHealthCheck("/health", endpointName: "http").WithReference(cache);
    if (database is not null)
        service.WithReference(database, connectionName: name).WaitFor(database);
    foreach (var other in others)
        service.WithReference(other).WaitFor(other);

    if (!publishing)
        return service.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);

    return service.WithReplicas(Replicas)
        .PublishAsDockerComposeService((_, compose) => compose.Deploy = new Deploy { Replicas = Replicas })
        .WithEnvironment("Access__Issuer", issuer!)
        .WithEnvironment("Access__Authority", authority!)
        .WithEnvironment("Access__ClientId", name)
        .WithEnvironment("Access__ClientSecret", builder.AddParameter($"{name}-client-secret", secret: true));

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
