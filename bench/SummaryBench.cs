using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using PlanServices.Reporting.V1;

namespace PlanServices.Bench;

/// <summary>
/// The Reporting service with a plan of 1,000,000 updates (2,000 leaves, 500 periods) and one of 10,000 beside it: how fast the model is
/// built from a catalogue's snapshot, what memory it takes, how soon it is back after a restart, and how many summaries a second it gives,
/// against a bare Grpc.AspNetCore method of the same process setup.
/// </summary>
internal static class SummaryBench
{
    private const string Method = "/planservices.reporting.v1.ReportService/GetStatusSummary";
    private const int Leaves = 2000;
    private const int Rounds = 9;
    private const int Seconds = 2;

    private static readonly GetStatusSummaryRequest Large = new() { Name = $"plans/large/periods/{RawCatalogue.PeriodId(499)}/summary" };
    private static readonly GetStatusSummaryRequest Small = new() { Name = $"plans/small/periods/{RawCatalogue.PeriodId(4)}/summary" };

    public static async Task RunAsync()
    {
        using var folder = new BenchFolder();
        var catalogue = new RawCatalogue();
        catalogue.Add("large", Leaves, 500);
        catalogue.Add("small", Leaves, 5);
        await using var source = await RawCatalogueHost.StartAsync(catalogue);
        var database = folder.File("reporting.db");
        TimeSpan built;
        await using (var first = await ServerProcess.StartAsync(["serve-reporting", database, source.Address.ToString()]))
        {
            var (clock, idle) = (Stopwatch.StartNew(), first.ProcessorTime);
            await AnswerAsync(first.Address, Small);
            built = clock.Elapsed;
            var processor = first.ProcessorTime - idle;
            Console.WriteLine("| read model | changes | seconds | changes/s | processor seconds | memory MB | peak MB | file MB |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|");
            Console.WriteLine($"| built from a snapshot | {catalogue.Changes:N0} | {built.TotalSeconds:F1} | {catalogue.Changes / built.TotalSeconds:N0} | {processor.TotalSeconds:F1} | {first.ResidentBytes / 1e6:F0} | {first.PeakResidentBytes / 1e6:F0} | {new FileInfo(database).Length / 1e6:F0} |");
        }

        var again = Stopwatch.StartNew();
        await using var server = await ServerProcess.StartAsync(["serve-reporting", database, source.Address.ToString()]);
        var (summary, small) = (await AnswerAsync(server.Address, Large), await AnswerAsync(server.Address, Small));
        Console.WriteLine($"| loaded at a restart | | {again.Elapsed.TotalSeconds:F1} | | {server.ProcessorTime.TotalSeconds:F1} | {server.ResidentBytes / 1e6:F0} | {server.PeakResidentBytes / 1e6:F0} | |");
        Console.WriteLine();
        if (LoadTool.IsThere)
            await LoadAsync(server, summary, small, folder);
        else
            Console.WriteLine("h2load is not there (Debian: nghttp2-client): calls a second were not measured.");
        Console.WriteLine();
    }

    private static async Task LoadAsync(ServerProcess server, StatusSummary summary, StatusSummary small, BenchFolder folder)
    {
        var file = folder.File("summary");
        await File.WriteAllBytesAsync(file, summary.ToByteArray());
        await using var bare = await ServerProcess.StartAsync(["serve-bare", "-"]);
        await using var same = await ServerProcess.StartAsync(["serve-bare", file]);
        (string What, ServerProcess Server, IMessage Request, int Bytes)[] rows =
        [
            ("bare get of a small message", bare, Large, ReportingServers.SmallMessage.CalculateSize()),
            ("bare get of the same summary", same, Large, summary.CalculateSize()),
            ("GetStatusSummary of 1,000,000 updates", server, Large, summary.CalculateSize()),
            ("GetStatusSummary of 10,000 updates", server, Small, small.CalculateSize()),
        ];
        var results = rows.Select(_ => new List<double>()).ToArray();
        var costs = rows.Select(_ => new List<double>()).ToArray();
        // In turns, so that what else happens on the machine happens to all.
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var before = rows[i].Server.ProcessorTime;
                var rate = await LoadTool.RunAsync(rows[i].Server.Address, Method, rows[i].Request, folder, Seconds);
                results[i].Add(rate);
                costs[i].Add((rows[i].Server.ProcessorTime - before).TotalMicroseconds / (rate * (Seconds + LoadTool.WarmUpSeconds)));
            }
        }

        Console.WriteLine($"| calls/s, medians of {Rounds} rounds | bytes | calls/s | to a bare get | to a bare get of the same | to 10,000 updates | processor µs/call |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        for (var i = 0; i < rows.Length; i++)
            Console.WriteLine($"| {rows[i].What} | {rows[i].Bytes:N0} | {Median(results[i]):N0} | {Ratio(i, 0):F2} | {Ratio(i, 1):F2} | {Ratio(i, 3):F2} | {Median(costs[i]):F1} |");

        // Each round against the same round: the machine may be busier in another.
        double Ratio(int row, int reference) => Median(results[row].Zip(results[reference], (a, b) => a / b));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    // Waits, however long it takes, until the model has the plan.
    private static async Task<StatusSummary> AnswerAsync(Uri address, GetStatusSummaryRequest request)
    {
        using var channel = BenchHost.ChannelTo(address);
        var client = new ReportService.ReportServiceClient(channel);
        while (true)
        {
            try
            {
                return await client.GetStatusSummaryAsync(request, new Metadata { { "planservices-min-revision", "1" } });
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                // It says that it is still gathering.
            }
        }
    }
}
