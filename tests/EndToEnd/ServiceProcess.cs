using System.Diagnostics;
using Grpc.Net.Client;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests;

/// <summary>
/// One service as a process of its own, from its own build folder and with its own settings, told by the same variables as the
/// AppHost tells it: where to listen, where its data is, where the other services are.
/// </summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process, Uri http, Uri grpc, string token)
    {
        _process = process;
        Http = new HttpClient(new TokenHandler(token)) { BaseAddress = http };
        Channel = GrpcChannel.ForAddress(grpc, new GrpcChannelOptions { HttpHandler = new TokenHandler(token), DisposeHttpClient = true });
    }

    public HttpClient Http { get; }

    public GrpcChannel Channel { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="service">The folder below <c>services</c>, such as <c>Actions</c>.</param>
    /// <param name="ports">Where it listens.</param>
    /// <param name="issuer">The service that issues tokens: Partners.</param>
    /// <param name="environment">What the AppHost would say.</param>
    public static async Task<ServiceProcess> StartAsync(
        string service, ServicePorts ports, Uri issuer, IEnumerable<(string Name, string Value)> environment)
    {
        // The tests' own output folder ends in the configuration and the framework; so does the service's.
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(
            Repository.Root, "services", service, "bin", output.Parent!.Name, output.Name, $"PlanServices.{service}.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Kestrel__Endpoints__http__Url"] = ports.Http.AbsoluteUri,
                ["Kestrel__Endpoints__grpc__Url"] = ports.Grpc.AbsoluteUri,
            },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        var log = new List<string>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(Deadline.Token) is { } line)
            {
                log.Add(line);
                if (!line.Contains("Application started", StringComparison.Ordinal))
                    continue;

                // What it prints from here on is read and dropped, or a full pipe would stop it.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                var started = new ServiceProcess(process, ports.Http, ports.Grpc, await StandaloneProcess.TokenAsync(issuer));
                while (!(await started.Http.GetAsync("/health", Deadline.Token)).IsSuccessStatusCode)
                    await Task.Yield();
                return started;
            }

            throw new InvalidOperationException($"{service} ended before it was ready:\n{string.Join('\n', log)}");
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Ends it at once, in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Deadline.Token);
    }

    /// <summary>Ends it as an orchestrator does: asks it to stop (SIGTERM), and waits; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var asked = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await asked.WaitForExitAsync(Deadline.Token);
        await _process.WaitForExitAsync(Deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Http.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}

/// <summary>Where one service listens, known before it starts, as under an orchestrator.</summary>
public sealed record ServicePorts(Uri Http, Uri Grpc)
{
    /// <summary>Two ports that are free now.</summary>
    public static ServicePorts Take() => new(new Uri($"http://localhost:{FreePorts.Take()}"), new Uri($"http://localhost:{FreePorts.Take()}"));
}
