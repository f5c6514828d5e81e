using System.Diagnostics;
using System.Globalization;
using PlanServices.Testing;

namespace PlanServices.Bench;

/// <summary>A service as a process of its own, so that its memory is nobody else's.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public long ResidentBytes => Status("VmRSS");

    public long PeakResidentBytes => Status("VmHWM");

    /// <summary>The time that it had of a processor so far: on a busy machine it says more than the clock.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static Task<ServerProcess> StartAsync(string database) => StartAsync(["serve", database]);

    /// <summary>Starts this program with other words, which has it serve; the first line that it prints is its address.</summary>
    public static async Task<ServerProcess> StartAsync(string[] words)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ServerProcess).Assembly.Location, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            // As a web service is run; and it accepts this process's tokens.
            Environment = { ["DOTNET_gcServer"] = "1", [TestIssuer.KeyVariable] = TestIssuer.Pem },
        })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new ServerProcess(process, new Uri(address));
    }

    /// <summary>What the process runs: until its input ends.</summary>
    public static async Task ServeAsync(string database)
    {
        await using var host = await BenchHost.StartAsync(database);
        await ServeAsync(host);
    }

    /// <summary>Says the address and serves until the input ends.</summary>
    public static async Task ServeAsync(BenchHost host)
    {
        Console.WriteLine(host.Address);
        await Console.In.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private long Status(string field)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(field + ':', StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(field.Length + 1).Trim(" \tkB"), CultureInfo.InvariantCulture);
    }
}
