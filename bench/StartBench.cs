using System.Diagnostics;
using System.Globalization;

namespace PlanServices.Bench;

/// <summary>
/// Standalone from its Release build, with the sample: the time from the start of the process to the first plan that it answers with, and
/// its memory when it is left alone for ten seconds.
/// </summary>
internal static class StartBench
{
    private const int Rounds = 5;

    public static async Task RunAsync()
    {
        var program = Path.Combine(Testing.Repository.Root, "services", "Standalone", "bin", "Release", "net10.0", "PlanServices.Standalone.dll");
        if (!File.Exists(program))
        {
            Console.WriteLine("There is no Release build of services/Standalone: its start was not measured.");
            return;
        }

        using var folder = new BenchFolder();
        var (starts, memory) = (new List<double>(), new List<double>());
        // The first round makes the databases.
        for (var round = -1; round < Rounds; round++)
        {
            var (start, resident) = await MeasureAsync(program, folder.File("data"));
            if (round < 0)
            {
                Console.WriteLine("| Standalone with the sample | start to first answer, s | wanted | idle MB | wanted |");
                Console.WriteLine("|---|---|---|---|---|");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| new databases | {start:F2} | 3 | {resident:F0} | 200 |"));
                continue;
            }

            starts.Add(start);
            memory.Add(resident);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| started again, median of {Rounds} | {Median(starts):F2} | 3 | {Median(memory):F0} | 200 |"));
        Console.WriteLine();
    }

    private static async Task<(double Seconds, double Megabytes)> MeasureAsync(string program, string data)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--http-port", "0", "--grpc-port", "0", "--data", data])
        {
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        })!;
        try
        {
            using var http = new HttpClient { BaseAddress = await AddressAsync(process) };
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = "dev",
                ["client_secret"] = "dev",
            });
            using var token = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form);
            using var json = System.Text.Json.JsonDocument.Parse(await token.Content.ReadAsStringAsync());
            http.DefaultRequestHeaders.Authorization = new("Bearer", json.RootElement.GetProperty("access_token").GetString());
            await http.GetStringAsync(new Uri("v1/plans", UriKind.Relative));
            var took = clock.Elapsed.TotalSeconds;
            await Task.Delay(TimeSpan.FromSeconds(10));
            process.Refresh();
            return (took, process.WorkingSet64 / 1e6);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<Uri> AddressAsync(Process process)
    {
        const string Before = "pages and JSON at ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Before, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Before.Length)..line.IndexOf(',', at)]);
        }

        throw new InvalidOperationException("Standalone did not start.");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
