using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grpc.Net.Client;
using PlanServices.Testing;

namespace PlanServices.EndToEnd.Tests;

/// <summary>
/// The whole suite as a process of its own, on free ports, as a user starts it. Disposing it ends it as a shutdown does;
/// <see cref="Kill"/> as a power cut does.
/// </summary>
public sealed partial class StandaloneProcess : IAsyncDisposable
{
    private readonly Process _process;

    private StandaloneProcess(Process process, Uri http, Uri grpc, string token)
    {
        _process = process;
        Grpc = grpc;
        Http = new HttpClient(new TokenHandler(token)) { BaseAddress = http };
        Channel = GrpcChannel.ForAddress(grpc, new GrpcChannelOptions
        {
            MaxSendMessageSize = null,
            MaxReceiveMessageSize = null,
            HttpHandler = new TokenHandler(token),
            DisposeHttpClient = true,
        });
    }

    public Uri Grpc { get; }

    public HttpClient Http { get; }

    public GrpcChannel Channel { get; }

    /// <summary>Starts it over a data folder, in Development, and waits until it is ready.</summary>
    public static Task<StandaloneProcess> StartAsync(
        string data, bool sample = false, IEnumerable<string>? arguments = null, Action<string>? log = null, int httpPort = 0, int grpcPort = 0) =>
        StartAsync(data, "Development", http => TokenAsync(http), sample, arguments, log, httpPort, grpcPort);

    /// <summary>Starts it over a data folder and waits until it is ready.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="token">Gets the token of the test's own calls.</param>
    /// <param name="sample">Whether it has the sample plan.</param>
    /// <param name="arguments">What else stands on its command line.</param>
    /// <param name="log">Gets each line that it prints.</param>
    /// <param name="httpPort">A certain port; 0 for a free one.</param>
    /// <param name="grpcPort">The same.</param>
    public static async Task<StandaloneProcess> StartAsync(
        string data,
        string environment,
        Func<Uri, Task<string>> token,
        bool sample = false,
        IEnumerable<string>? arguments = null,
        Action<string>? log = null,
        int httpPort = 0,
        int grpcPort = 0)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "PlanServices.Standalone.dll"),
                "--http-port", $"{httpPort}", "--grpc-port", $"{grpcPort}", "--data", data,
            },
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = environment },
        };
        if (!sample)
            start.ArgumentList.Add("--no-sample");
        foreach (var argument in arguments ?? [])
            start.ArgumentList.Add(argument);

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(Deadline.Token) is { } line)
            {
                log?.Invoke(line);
                if (Announcement().Match(line) is not { Success: true } match)
                    continue;

                var http = new Uri(match.Groups[1].Value);
                _ = DrainAsync(process, log);
                var started = new StandaloneProcess(process, http, new Uri(match.Groups[2].Value), await token(http));
                await started.ReadyAsync();
                return started;
            }

            throw new InvalidOperationException("It ended before it was ready.");
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Ends it at once, in the middle of whatever it does.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Http.Dispose();
        if (!_process.HasExited)
            await Kill();

        _process.Dispose();
    }

    /// <summary>The token of the client that everybody knows, as a developer gets it.</summary>
    public static async Task<string> TokenAsync(Uri http, string id = "dev", string secret = "dev")
    {
        using var client = new HttpClient { BaseAddress = http };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = id,
            ["client_secret"] = secret,
        });
        using var answer = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Deadline.Token);
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Deadline.Token));
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    // What it prints is read to the end, or a full pipe would stop it.
    private static async Task DrainAsync(Process process, Action<string>? log)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            log?.Invoke(line);
    }

    private async Task ReadyAsync()
    {
        while (!(await Http.GetAsync("/health", Deadline.Token)).IsSuccessStatusCode)
            await Task.Yield();
    }

    [GeneratedRegex("PlanServices: pages and JSON at (\\S+), gRPC at (\\S+)")]
    private static partial Regex Announcement();
}
