using System.Diagnostics;
using System.Globalization;

namespace PlanServices.Bench;

/// <summary>The Actions service as a process of its own, so that its memory is nobody else's.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public long ResidentBytes => Status("VmRSS");

    public long PeakResidentBytes => Status("VmHWM");

    public static async Task<ServerProcess> StartAsync(string database)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ServerProcess).Assembly.Location, "serve", database])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new ServerProcess(process, new Uri(address));
    }

    /// <summary>What the process runs: until its input ends.</summary>
    public static async Task ServeAsync(string database)
    {
        await using var host = await BenchHost.StartAsync(database);
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
