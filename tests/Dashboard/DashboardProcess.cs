using System.Diagnostics;
using System.Text.RegularExpressions;
using PlanServices.EndToEnd.Tests;
using PlanServices.Testing;

namespace PlanServices.Dashboard.Tests;

/// <summary>The pages as a process of their own, before services that stand elsewhere.</summary>
public sealed partial class DashboardProcess : IAsyncDisposable
{
    private static readonly string[] Loud = ["Default", "Microsoft.AspNetCore", "Grpc", "System.Net.Http"];

    private readonly Process _process;

    private DashboardProcess(Process process, Uri http)
    {
        _process = process;
        Http = http;
    }

    public Uri Http { get; }

    /// <summary>Starts it before services that are one process; where somebody listens, it logs all that it can.</summary>
    public static async Task<DashboardProcess> StartAsync(StandaloneProcess services, Action<string>? log = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "PlanServices.Dashboard.dll"),
                "--Kestrel:Endpoints:http:Url=http://127.0.0.1:0",
                "--Kestrel:Endpoints:http:Protocols=Http1",
                "--Kestrel:Endpoints:grpc:Url=http://127.0.0.1:0",
                "--Kestrel:Endpoints:grpc:Protocols=Http2",
                $"--Services:actions:grpc:0={services.Grpc}",
                $"--Services:partners:grpc:0={services.Grpc}",
                $"--Services:partners:http:0={services.Http.BaseAddress}",
                $"--Services:reporting:grpc:0={services.Grpc}",
            },
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        };
        foreach (var category in log is null ? [] : Loud)
            start.ArgumentList.Add($"--Logging:LogLevel:{category}=Trace");

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        var addresses = new List<Uri>();
        while (await process.StandardOutput.ReadLineAsync(Deadline.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
                addresses.Add(new Uri(match.Groups[1].Value));

            // The endpoints are bound in the order of their names: grpc, http.
            if (addresses is [_, var http])
            {
                _ = DrainAsync(process, log);
                return new DashboardProcess(process, http);
            }
        }

        throw new InvalidOperationException("It ended before it was ready.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Deadline.Token);
        _process.Dispose();
    }

    private static async Task DrainAsync(Process process, Action<string>? log)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            log?.Invoke(line);
    }

    [GeneratedRegex("Now listening on: (\\S+)")]
    private static partial Regex Listening();
}
