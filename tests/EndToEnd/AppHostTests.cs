using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PlanServices.Cache;
using PlanServices.Partners.Features.Issuing;
using PlanServices.ServiceDefaults.Access;
using PlanServices.Testing;
using Xunit;

namespace PlanServices.EndToEnd.Tests;

/// <summary>
/// The AppHost is not built with the rest, which must build where no package of Aspire is to be had: what it says is read here, and
/// held against what the services read.
/// </summary>
public partial class AppHostTests
{
    private static readonly string Source = Repository.Read("apphost", "AppHost.cs") + Repository.Read("apphost", "Access.cs");

    public static TheoryData<string> Services => [.. Calls().Select(c => c.Project)];

    [Fact]
    public void AppHost_Services_AreAllThatListen()
    {
        var listening = Directory.GetFiles(Path.Combine(Repository.Root, "services"), "appsettings.json", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))
            .Order();
        Assert.Equal(listening, Calls().Select(c => c.Project).Order());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void AppHost_Service_AgreesWithItsSettings(string project)
    {
        var (_, _, port, named, others) = Calls().Single(c => c.Project == project);
        using var settings = JsonDocument.Parse(Repository.Read("services", project, "appsettings.json"));
        var endpoints = settings.RootElement.GetProperty("Kestrel").GetProperty("Endpoints").EnumerateObject()
            .Select(e => (e.Name, new Uri(e.Value.GetProperty("Url").GetString()!).Port, e.Value.GetProperty("Protocols").GetString()));
        Assert.Equal([("http", port, "Http1"), ("grpc", port + 1, "Http2")], endpoints);
        Assert.Contains("Listen(\"http\", \"http\", port,", Source, StringComparison.Ordinal);
        Assert.Contains("Listen(\"grpc\", \"http2\", port + 1,", Source, StringComparison.Ordinal);

        string[] databases = settings.RootElement.TryGetProperty("ConnectionStrings", out var strings)
            ? [.. strings.EnumerateObject().Select(s => s.Name)]
            : [];
        Assert.Equal(named, databases);

        // Whom its code calls must be there.
        var called = Directory.GetFiles(Path.Combine(Repository.Root, "services", project), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => ServiceClient().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value)
            .Distinct();
        Assert.Empty(called.Except(others));
    }

    [Fact]
    public void AppHost_ConnectionStrings_AreNamedAsTheServicesReadThem()
    {
        var cache = Regex.Matches(Source, """(?:AddRedis|AddConnectionString)\("(\w+)",?""").Select(m => m.Groups[1].Value).Distinct();

        Assert.Contains($"Name = \"{Assert.Single(cache)}\"", Repository.Read("services", "ServiceDefaults", "Caching", "RedisConnection.cs"), StringComparison.Ordinal);
        Assert.Contains("WithReference(stored, connectionName: database)", Source, StringComparison.Ordinal);
        Assert.Contains("WithReference(cache)", Source, StringComparison.Ordinal);
    }

    // Of the sections that have options of their own, what is handed in is what is read.
    [Theory]
    [InlineData(typeof(Dashboard.Features.SignIn.SignInOptions), "SignIn")]
    [InlineData(typeof(AccessOptions), "Access")]
    [InlineData(typeof(IssuerOptions), "Issuer")]
    [InlineData(typeof(CacheServerOptions), "Cache")]
    public void AppHost_Settings_AreThoseOfTheirSection(Type options, string section)
    {
        var handed = Regex.Matches(Source, $"\"{section}__([A-Za-z]+)").Select(m => m.Groups[1].Value).Distinct().ToArray();

        Assert.NotEmpty(handed);
        Assert.Empty(handed.Except(options.GetProperties().Select(p => p.Name)));
    }

    [Fact]
    public void Solution_AppHost_IsBuiltByTheConfigurationAspireAlone()
    {
        var solution = Repository.Read("PlanServices.sln");
        var id = AppHostId().Match(solution).Groups[1].Value;
        var built = Regex.Matches(solution, $@"{Regex.Escape(id)}\.(\S+)\|(.+)\.Build\.0").Select(m => m.Groups[1].Value);
        Assert.Equal(["Aspire"], built);
        var projects = CSharpProject().Matches(solution).Select(m => m.Groups[1].Value);
        Assert.All(projects, p => Assert.Contains($"{p}.Aspire|Any CPU.Build.0", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_OfAspire_AreOfOneVersionAndForTheAppHostAlone()
    {
        var sdk = XDocument.Parse(Repository.Read("apphost", "PlanServices.AppHost.csproj")).Root!.Attribute("Sdk")!.Value;
        var versions = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(p => p.Attribute("Include")!.Value.StartsWith("Aspire.", StringComparison.Ordinal))
            .Select(p => $"Aspire.AppHost.Sdk/{p.Attribute("Version")!.Value}");
        Assert.Equal([sdk], versions.Distinct());

        var users = Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("\"Aspire.", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Repository.Root, f));
        Assert.Equal([Path.Combine("apphost", "PlanServices.AppHost.csproj")], users);
    }

    private static List<(string Project, string Name, int Port, string[] Databases, string[] Others)> Calls() =>
    [
        .. ServiceCall().Matches(Source).Select(m => (
            m.Groups["project"].Value,
            m.Groups["name"].Value,
            int.Parse(m.Groups["port"].Value, null),
            m.Groups["databases"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(d => d.Trim('"')).ToArray(),
            m.Groups["others"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))),
    ];

    [GeneratedRegex(
        """Service<Projects\.PlanServices_(?<project>\w+)>\("(?<name>\w+)", (?<port>\d+), \[(?<databases>[\w", ]*)\](?<others>[\w, ]*)\)""")]
    private static partial Regex ServiceCall();

    [GeneratedRegex("""Add(?:Service|User)Client<[\w.]+>\("(\w+)"\)""")]
    private static partial Regex ServiceClient();

    [GeneratedRegex("""AppHost\.csproj", "(\{[^}]+\})""")]
    private static partial Regex AppHostId();

    [GeneratedRegex("""Project\("\{FAE04EC0[^"]+"\) = "[^"]+", "[^"]+", "(\{[^}]+\})""")]
    private static partial Regex CSharpProject();
}
