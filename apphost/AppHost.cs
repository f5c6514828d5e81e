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

var partners = Service<Projects.PlanServices_Partners>("partners", 5120, ["partners"]);
partners.WithEnvironment("services__partners__http__0", partners.GetEndpoint("http"));
var actions = Service<Projects.PlanServices_Actions>("actions", 5110, ["actions"], partners);
var reporting = Service<Projects.PlanServices_Reporting>("reporting", 5130, ["reporting", "publications"], actions, partners);
var dashboard = Service<Projects.PlanServices_Dashboard>("dashboard", 5140, [], reporting, actions, partners).WithEndpoint("http", e => e.IsExternal = true);
if (publishing)
    AddAccess();
builder.Build().Run();

// The read model of Reporting is a file in any case: each replica fills one of its own.
IResourceBuilder<IResourceWithConnectionString> Database(string name) => sql is not null && name != "reporting"
    ? sql.AddDatabase($"{name}-data", name)
    : builder.AddConnectionString($"{name}-data", ReferenceExpression.Create($"Data Source={Path.Combine(publishing ? "/tmp" : data, $"{name}.db")}"));

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

    if (!publishing)
        return service.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);

    return service.WithReplicas(Replicas)
        .PublishAsDockerComposeService((_, compose) => compose.Deploy = new Deploy { Replicas = Replicas });

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

// Who issues tokens, with which key, and to whom: the services, each a client of its own, and whoever makes the other clients. Under
// `dotnet run` the services are in Development, which needs none of it.
void AddAccess()
{
    var issuer = builder.AddParameter("access-issuer").WithDescription("The address by which API clients know the Partners service, as https://plans.example/.");
    var authority = builder.AddParameter("access-authority", "").WithDescription("An issuer of tokens outside the suite; empty for its own.");
    foreach (var service in new[] { partners, actions, reporting, dashboard })
    {
        var name = service.Resource.Name;
        service.WithEnvironment("Access__Issuer", issuer).WithEnvironment("Access__Authority", authority)
            .WithEnvironment("Access__ClientId", name)
            .WithEnvironment("Access__ClientSecret", Client(name, service == actions ? ["plan.read", "plan.write"] : ["plan.read"]));
    }

    Client("admin", ["clients.manage"]);
    dashboard.WithEnvironment("SignIn__ClientId", builder.AddParameter("sign-in-client-id", "").WithDescription("The client that the pages are at access-authority; empty where nobody signs in to them."))
        .WithEnvironment("SignIn__ClientSecret", builder.AddParameter("sign-in-client-secret", "", secret: true))
        .WithEnvironment("SignIn__Scopes__0", builder.AddParameter("sign-in-scope", "").WithDescription("What has access-authority give people a token for the API, as api://planservices/access."));
    // The services ask for their tokens within the network; whoever comes from outside comes by a proxy that encrypts.
    partners.WithEnvironment("Issuer__Cleartext", "true")
        .WithEnvironment("Issuer__SigningKeys__0__Pem", builder.AddParameter("access-signing-key", secret: true).WithDescription("A private key as PEM, RSA or EC."));

    IResourceBuilder<ParameterResource> Client(string name, string[] scopes)
    {
        var secret = builder.AddParameter($"{name}-client-secret", secret: true);
        partners.WithEnvironment($"Issuer__Clients__{name}__Secret", secret);
        for (var i = 0; i < scopes.Length; i++)
            partners.WithEnvironment($"Issuer__Clients__{name}__Scopes__{i}", scopes[i]);
        return secret;
    }
}
